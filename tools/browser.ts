import { join } from 'node:path';

import chromium from '@sparticuz/chromium';
import { Launcher } from 'chrome-launcher';
import type { CreatePageOptions } from 'puppeteer-core';

/**
 * The browser that tests use: CHROME_PATH, or else the binary inside a package, so that every machine tests in the same
 * one. Only that package's binary is used, never its arguments, because they switch off web security. On Linux it is
 * given a font as wide as Arial, which few such machines have.
 */
export async function browserPath(): Promise<string> {
  process.env['FONTCONFIG_FILE'] ??= join(import.meta.dirname, 'fonts.conf');
  return statedPath() ?? (await chromium.executablePath());
}

/**
 * A full Chrome or Chromium: CHROME_PATH, or else an installed one; `undefined` where there is none. It hides the tab
 * behind another, which the packaged binary never does.
 */
export function fullBrowserPath(): string | undefined {
  try {
    return statedPath() ?? Launcher.getInstallations()[0];
  } catch {
    return undefined;
  }
}

function statedPath(): string | undefined {
  const { CHROME_PATH } = process.env;
  return CHROME_PATH === '' ? undefined : CHROME_PATH;
}

/**
 * A page in a window of its own. In a full Chrome the tabs of one window hide each other, and a hidden tag asks
 * nothing.
 */
export const inWindow: CreatePageOptions = { type: 'window' };

/** No network traffic of its own, and no sandbox where Chromium will not start with one: as root. */
export const browserArguments: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
