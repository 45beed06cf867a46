import type { TestRunnerPlugin } from '@web/test-runner';
import { chromeLauncher, type ChromeLauncher } from '@web/test-runner-chrome';
import type { KeyInput, LaunchOptions, Page } from 'puppeteer-core';

import type { DevtoolsCall } from '../../devtools-call.js';
import { inChrome } from './firefox-window.js';

/**
 * An installed Firefox (`apt-get install firefox-esr`), driven over WebDriver BiDi by the puppeteer-core that the tests
 * already use.
 */
const firefoxPath = (): string => process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr';

/** How it is started for the component suite and, under Node, for journeys. */
export const firefoxLaunch = (): LaunchOptions => ({
  browser: 'firefox',
  executablePath: firefoxPath(),
  // The tests switch what only the browser's own side can: forced colours, print, the reader's font size.
  args: ['-remote-allow-system-access'],
  extraPrefsFirefox: {
    // Every page has the focus of its window, however many tests run at the same time.
    'focusmanager.testmode': true,
    // The system's light theme, for pages that use the system's colours.
    'ui.systemUsesDarkTheme': 0,
    'dom.ipc.processPrelaunch.enabled': false,
    // Each tab has a process of its own, which can be ended separately.
    'dom.ipc.processCount.webIsolated': 100,
    // Scroll bars lie over the page and take no room, as in headless Chromium.
    'ui.useOverlayScrollbars': 1,
    // Full keyboard access: Tab goes to both links and buttons.
    'accessibility.tabfocus': 7,
    'app.update.disabledForTesting': true,
    // Without this, Firefox's sandbox does not let a page read the fonts of this folder.
    'security.sandbox.content.read_path_whitelist': `${process.cwd()}/`,
    // Without this, Firefox asks for an icon that the page does not name.
    'browser.chrome.site_icons': false,
    'datareporting.policy.dataSubmissionEnabled': false,
  },
});

export const firefoxLauncher = (): ChromeLauncher & { readonly version: () => string } => {
  let version = 'Firefox';
  const launcher = chromeLauncher({
    launchOptions: firefoxLaunch(),
    createPage: async ({ browser }) => {
      version = await browser.version();
      return (await browser.createBrowserContext()).newPage();
    },
  });
  launcher.name = 'Firefox';
  return Object.assign(launcher, { version: () => version });
};

/** A page is found by its address: Web Test Runner's has the session's id in it. */
const withPage = (body: string): string => `async (url, ...words) => {
  const found = [...Services.wm.getEnumerator('navigator:browser')]
    .flatMap((window) => window.gBrowser.browsers)
    .filter((each) => each.currentURI.spec === url);
  if (found.length !== 1) throw new Error(found.length + ' pages at ' + url);
  const page = found[0].browsingContext;
  ${body}
  await new Promise((resolve) => setTimeout(resolve, 50));
}`;

/** The server's side of `devtools()` for Firefox: the same five commands, done in Firefox's own ways. */
export function firefoxDevtoolsPlugin(): TestRunnerPlugin<DevtoolsCall> {
  return {
    name: 'devtools',
    async executeCommand({ command, payload, session }) {
      if (command !== 'devtools' || payload === undefined) return undefined;
      const page = (session.browser as ChromeLauncher).getPage(session.id);
      await obey(page, payload);
      return true;
    },
  };
}

async function obey(page: Page, { method, parameters }: DevtoolsCall): Promise<void> {
  const browser = page.browser();
  switch (method) {
    case 'Emulation.setEmulatedMedia': {
      const { media, features } = parameters as { media: string; features: { name: string; value: string }[] };
      const feature = (name: string): string => features.find((each) => each.name === name)?.value ?? '';
      await inChrome(
        browser,
        withPage(`
          const [medium, forced, contrast, motion] = words;
          page.mediumOverride = medium;
          page.forcedColorsOverride = forced === 'active' ? 'active' : 'none';
          page.prefersReducedMotionOverride = motion === 'reduce' ? 'reduce' : 'none';
          // No override of one page: a setting of the whole browser.
          // Firefox asks for more contrast where the system does and a page's own colours stay.
          if (contrast === 'more') {
            Services.prefs.setIntPref('ui.useAccessibilityTheme', 1);
            Services.prefs.setIntPref('browser.display.document_color_use', 1);
          } else {
            Services.prefs.clearUserPref('ui.useAccessibilityTheme');
            Services.prefs.clearUserPref('browser.display.document_color_use');
          }
        `),
        page.url(),
        media,
        feature('forced-colors'),
        feature('prefers-contrast'),
        feature('prefers-reduced-motion'),
      );
      return;
    }
    case 'Emulation.setDeviceMetricsOverride': {
      const { width, height, deviceScaleFactor } = parameters as {
        width: number;
        height: number;
        deviceScaleFactor: number;
      };
      await page.setViewport({ width, height, deviceScaleFactor });
      return;
    }
    case 'Page.setFontSizes': {
      const { fontSizes } = parameters as { fontSizes: { standard: number } };
      // A changed setting counts only from the next page on, but a text zoom counts at once.
      await inChrome(browser, withPage('page.textZoom = words[0];'), page.url(), fontSizes.standard / 16);
      return;
    }
    case 'Emulation.setFocusEmulationEnabled':
      return;
    case 'Input.dispatchKeyEvent': {
      const { type, key, modifiers } = parameters as { type: string; key: KeyInput; modifiers: number };
      if (type === 'keyUp') return;
      if (modifiers === 8) await page.keyboard.down('Shift');
      await page.keyboard.press(key);
      if (modifiers === 8) await page.keyboard.up('Shift');
      return;
    }
    default:
      throw new Error(`Firefox is not taught ${method}`);
  }
}
