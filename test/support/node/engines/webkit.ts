import type { BrowserLauncher, TestRunnerPlugin } from '@web/test-runner';

import type { DevtoolsCall } from '../../devtools-call.js';
import { installedWebkit, WebkitPage, type WebkitMeans } from './webkit-page.js';

/** Starts WebKit for the test runner, with a browser of its own for each test file. */
export class WebkitLauncher implements BrowserLauncher {
  readonly name: string;
  readonly type = 'webkit';
  version = (): string => this.name;
  readonly #means: WebkitMeans;
  readonly #pages = new Map<string, WebkitPage>();

  constructor(means: WebkitMeans = installedWebkit(), name = 'WebKit') {
    this.#means = means;
    this.name = name;
  }

  async startSession(id: string, url: string): Promise<void> {
    const page = await WebkitPage.open(this.#means);
    this.#pages.set(id, page);
    const { browserName, browserVersion } = page.capabilities;
    this.version = () => `${String(browserName)} ${String(browserVersion)}, WebKitGTK`;
    await page.setViewport(800, 600);
    await page.goto(url);
  }

  isActive(id: string): boolean {
    return this.#pages.has(id);
  }

  getBrowserUrl(id: string): Promise<string> | undefined {
    return this.#pages
      .get(id)
      ?.url()
      .catch(() => '');
  }

  page(id: string): WebkitPage {
    const page = this.#pages.get(id);
    if (page === undefined) throw new Error(`no page for ${id}`);
    return page;
  }

  async stopSession(id: string): Promise<object> {
    const page = this.#pages.get(id);
    this.#pages.delete(id);
    await page?.close();
    return {};
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#pages.values()].map((page) => page.close()));
  }

  startDebugSession(): Promise<void> {
    return Promise.reject(new Error('WebKit is not debugged from here'));
  }
}

const keys: Readonly<Record<string, string>> = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', ' ': ' ' };

/** The server's side of `devtools()` for WebKit: what its WebDriver can do, and a plain error for what it cannot. */
export function webkitDevtoolsPlugin(): TestRunnerPlugin<DevtoolsCall> {
  return {
    name: 'devtools',
    async executeCommand({ command, payload, session }) {
      if (command !== 'devtools' || payload === undefined) return undefined;
      const page = (session.browser as unknown as WebkitLauncher).page(session.id);
      const { method, parameters } = payload;
      switch (method) {
        case 'Emulation.setEmulatedMedia': {
          const { media, features } = parameters as { media: string; features: { name: string; value: string }[] };
          const asked = [
            media,
            ...features.filter(({ value }) => !['none', 'no-preference'].includes(value)).map(({ name }) => name),
          ];
          if (asked.some((each) => each !== '')) throw new Error(`WebKit cannot emulate ${asked.join(' ')}`);
          return true;
        }
        case 'Emulation.setDeviceMetricsOverride': {
          const { width, height, deviceScaleFactor } = parameters as {
            width: number;
            height: number;
            deviceScaleFactor: number;
          };
          if (deviceScaleFactor !== 1) throw new Error('WebKit cannot set device pixels');
          await page.setViewport(width, height);
          return true;
        }
        case 'Emulation.setFocusEmulationEnabled':
          return true;
        case 'Input.dispatchKeyEvent': {
          const { type, key, modifiers } = parameters as { type: string; key: string; modifiers: number };
          if (type !== 'keyUp') await page.press(keys[key]!, modifiers === 8);
          return true;
        }
        default:
          throw new Error(`WebKit cannot ${method}`);
      }
    },
  };
}
