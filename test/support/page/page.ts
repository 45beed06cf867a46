import type { CpIsBanner } from '../../../src/index.js';

/** The tag's own tree. */
export function rootOf(banner: CpIsBanner): ShadowRoot {
  if (banner.shadowRoot === null) throw new Error('no shadow root');
  return banner.shadowRoot;
}

/** The one element that matches in the tag's own tree. */
export function find(banner: CpIsBanner, selector: string): HTMLElement {
  const found = rootOf(banner).querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`no ${selector}`);
  return found;
}

/** The button in the banner with this name. */
export function button(banner: CpIsBanner, name: string): HTMLButtonElement {
  const found = [...rootOf(banner).querySelectorAll('button')].find(
    (each) => (each.ariaLabel ?? each.innerText).trim() === name,
  );
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
}

/** Presses each matching button, and waits for the screen. */
export async function pressAll(banner: CpIsBanner, pattern: RegExp): Promise<void> {
  for (const each of rootOf(banner).querySelectorAll('button'))
    if (pattern.test(each.ariaLabel ?? each.innerText)) each.click();
  await banner.updateComplete;
}
