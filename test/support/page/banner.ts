import '../../../src/define.js';

import { type CpIsBanner } from '../../../src/index.js';
import { nhsNumber } from '../../fixtures/bundles.js';
import type { ScriptedRegister } from './scripted-register.js';

const mounted = new Set<HTMLElement>();

/**
 * A tag in the document, set as an integrator would for an ED: a signed-in user and a verified number, all in one task.
 */
export function mount(register: Pick<ScriptedRegister, 'baseUrl'>, properties: Partial<CpIsBanner> = {}): CpIsBanner {
  const banner = document.createElement('cp-is-banner');
  Object.assign(banner, {
    user: 'a nurse',
    baseUrl: register.baseUrl,
    nhsNumber,
    nhsNumberStatus: 'verified',
    careSetting: 'emergency-department',
    ...properties,
  });
  document.body.append(banner);
  mounted.add(banner);
  return banner;
}

export function unmountAll(): void {
  for (const banner of mounted) banner.remove();
  mounted.clear();
}

/** Resolves when the banner meets the condition, at once or after one of its changes. */
export function until(banner: CpIsBanner, condition: (banner: CpIsBanner) => boolean): Promise<CpIsBanner> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      if (!condition(banner)) return;
      clearTimeout(late);
      banner.removeEventListener('cp-is-change', done);
      void banner.updateComplete.then(() => {
        resolve(banner);
      });
    };
    const late = setTimeout(() => {
      reject(new Error(`still ${banner.status} ${banner.reason ?? ''} visits ${banner.visits}`));
    }, 60_000);
    banner.addEventListener('cp-is-change', done);
    done();
  });
}

export const answered = (banner: CpIsBanner): Promise<CpIsBanner> =>
  until(banner, ({ status, visits }) => status !== 'idle' && status !== 'checking' && visits !== 'loading');

/** Whether the tag’s own light DOM is visible. The slot beside the numbers is a different one. */
export const isSlotShown = (banner: Element): boolean =>
  banner.shadowRoot?.querySelector<HTMLSlotElement>('slot:not([name])')?.hidden === false;

const heardOnly = new CSSStyleSheet();
heardOnly.replaceSync('.unseen { display: none }');

/** What a reader can see, with white space folded. What only assistive technology gets is left out. */
export function textOf(banner: CpIsBanner, selector = '.sheet'): string {
  const root = banner.shadowRoot;
  if (root === null) return '';
  const { adoptedStyleSheets } = root;
  root.adoptedStyleSheets = [...adoptedStyleSheets, heardOnly];
  const text = [...root.querySelectorAll<HTMLElement>(selector)].map((element) => element.innerText).join(' ');
  root.adoptedStyleSheets = adoptedStyleSheets;
  return text.replace(/[\s\u00a0]+/g, ' ').trim();
}

/** The next task. */
export const nextTask = (milliseconds = 0): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs while listening to the console, and returns the warnings, one per line. */
export async function warnings(run: () => Promise<void>): Promise<string> {
  const { warn } = console;
  const heard: unknown[] = [];
  console.warn = (...parts: unknown[]) => heard.push(...parts);
  try {
    await run();
  } finally {
    console.warn = warn;
  }
  return heard.map(String).join('\n');
}
