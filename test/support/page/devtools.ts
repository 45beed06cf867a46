import { executeServerCommand } from '@web/test-runner-commands';

import type { DevtoolsCall } from '../devtools-call.js';

const devtools = (method: string, parameters: DevtoolsCall['parameters'] = {}): Promise<unknown> =>
  executeServerCommand('devtools', { method, parameters } satisfies DevtoolsCall);

export interface Media {
  readonly print?: boolean;
  readonly forcedColours?: boolean;
  readonly moreContrast?: boolean;
  readonly reducedMotion?: boolean;
}

/** How the reader's system or browser is set; `emulateMedia()` sets everything back. */
export async function emulateMedia(media: Media = {}): Promise<void> {
  await devtools('Emulation.setEmulatedMedia', {
    media: media.print === true ? 'print' : '',
    features: [
      { name: 'forced-colors', value: media.forcedColours === true ? 'active' : 'none' },
      { name: 'prefers-contrast', value: media.moreContrast === true ? 'more' : 'no-preference' },
      { name: 'prefers-reduced-motion', value: media.reducedMotion === true ? 'reduce' : 'no-preference' },
    ],
  });
}

/** The width of the window in CSS pixels. 1,280 pixels at 400 % zoom are 320 CSS pixels, four device pixels each. */
export async function setWidth(width: number, zoom = 1): Promise<void> {
  await devtools('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: zoom, mobile: false });
}

/** The reader's own font size, as set in the browser's settings; 16 unless changed. */
export async function setReadersFontSize(pixels: number): Promise<void> {
  await devtools('Page.setFontSizes', { fontSizes: { standard: pixels, fixed: Math.round(pixels * 0.8125) } });
}

/** The page has the focus of the window, however many tests run beside it. */
export async function focusPage(): Promise<void> {
  await devtools('Emulation.setFocusEmulationEnabled', { enabled: true });
}

const keys = {
  Tab: { code: 'Tab', windowsVirtualKeyCode: 9, text: '' },
  Enter: { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  ' ': { code: 'Space', windowsVirtualKeyCode: 32, text: ' ' },
  Escape: { code: 'Escape', windowsVirtualKeyCode: 27, text: '' },
} as const;

/** A key pressed on the real keyboard's way into the page. */
export async function press(key: keyof typeof keys, { shift = false } = {}): Promise<void> {
  const { text, ...rest } = keys[key];
  const event = { key, ...rest, modifiers: shift ? 8 : 0 };
  await devtools('Input.dispatchKeyEvent', { type: text === '' ? 'rawKeyDown' : 'keyDown', text, ...event });
  await devtools('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
}
