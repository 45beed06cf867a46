import { join } from 'node:path';

import chromium from '@sparticuz/chromium';
import { Launcher } from 'chrome-launcher';

/**
 * The browser that tests use: CHROME_PATH, else an installed Chrome or Chromium, else the binary that ships inside a
 * package. Only that package's binary is used, never its arguments: they switch off web security. On Linux it is given
 * a font as wide as Arial, which few such machines have.
 */
export async function browserPath(): Promise<string> {
  process.env['FONTCONFIG_FILE'] ??= join(import.meta.dirname, 'fonts.conf');
  const stated = process.env['CHROME_PATH'];
  if (stated !== undefined && stated !== '') return stated;
  return installed() ?? (await chromium.executablePath());
}

function installed(): string | undefined {
  try {
    return Launcher.getInstallations()[0];
  } catch {
    return undefined;
  }
}

/** Quiet on the network, and without the sandbox only where Chromium will not start with it: as root. */
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
