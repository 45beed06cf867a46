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

/** Sets the reader's system or browser preferences. `emulateMedia()` resets them all. */
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

/**
 * Sets the width of the window in CSS pixels. 1,280 pixels at 400 % zoom are 320 CSS pixels of four device pixels each.
 */
export async function setWidth(width: number, zoom = 1): Promise<void> {
  await devtools('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: zoom, mobile: false });
}

/** Sets the reader's own font size, as in the browser's settings. The usual size is 16. */
export async function setReadersFontSize(pixels: number): Promise<void> {
  await devtools('Page.setFontSizes', { fontSizes: { standard: pixels, fixed: Math.round(pixels * 0.8125) } });
}

/** Gives the page the focus of the window, however many tests run at the same time. */
export async function focusPage(): Promise<void> {
  await devtools('Emulation.setFocusEmulationEnabled', { enabled: true });
}

const keys = {
  Tab: { code: 'Tab', windowsVirtualKeyCode: 9, text: '' },
  Enter: { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  ' ': { code: 'Space', windowsVirtualKeyCode: 32, text: ' ' },
  Escape: { code: 'Escape', windowsVirtualKeyCode: 27, text: '' },
} as const;

/** Presses a key as the real keyboard would. */
export async function press(key: keyof typeof keys, { shift = false } = {}): Promise<void> {
  const { text, ...rest } = keys[key];
  const event = { key, ...rest, modifiers: shift ? 8 : 0 };
  await devtools('Input.dispatchKeyEvent', { type: text === '' ? 'rawKeyDown' : 'keyDown', text, ...event });
  await devtools('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
}
