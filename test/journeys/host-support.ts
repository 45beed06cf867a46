import { expect } from 'chai';
import type { Frame, Page } from 'puppeteer-core';

import { accesses, held, nhsNumber } from '../fixtures/bundles.js';
import { engine } from '../support/node/engine.js';

export const script = '<script type="module" src="cp-is-banner.js"></script>';
/** The sentence that every host writes into its tag. */
export const sentence = 'CP-IS not checked';

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

/** A record with one plan, viewed twice before. */
export const register = {
  CareTeam: { body: held() },
  AuditEvent: { body: accesses([{ at: daysAgo(60) }, { at: daysAgo(90) }]) },
};

/** A tag that asks the register of its own site. */
export const tag = (attributes = '', baseUrl = 'register'): string =>
  `<cp-is-banner care-setting="emergency-department" nhs-number="${nhsNumber}" nhs-number-status="verified" base-url="${baseUrl}" ${attributes}>${sentence}</cp-is-banner>`;

export interface Seen {
  readonly status: string | null;
  readonly reason: string | null;
  readonly visits: string | null;
  /** The visible text, drawn by the tag or, where it could not draw, by the page. */
  readonly says: string;
}

/** What a reader now sees of the tag. */
export const see = (place: Page | Frame): Promise<Seen> =>
  place.$eval('cp-is-banner', (banner) => {
    const root = banner.shadowRoot;
    const fallback = root?.querySelector<HTMLSlotElement>('slot:not([name])');
    const own = fallback?.hidden === true ? root?.querySelector<HTMLElement>('.sheet') : undefined;
    const drawn = own ?? banner;
    const isVisible = drawn.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return {
      status: banner.getAttribute('status'),
      reason: banner.getAttribute('reason'),
      visits: banner.getAttribute('visits'),
      says: isVisible && banner.getClientRects().length > 0 ? drawn.innerText.replace(/\s+/g, ' ').trim() : '',
    };
  });

/** What a reader sees when the tag is at rest. */
export async function seeAtRest(place: Page | Frame): Promise<Seen> {
  await place.waitForSelector(
    'cp-is-banner[status]:not([status=idle], [status=checking], [visits=loading]), cp-is-banner:not([status]):not(:defined)',
  );
  return see(place);
}

/** The complete answer: plan, telephone number and earlier visits. */
export function expectAnswer(seen: Seen, what?: string): void {
  expect([seen.status, seen.reason, seen.visits], what).to.deep.equal(['current', null, 'shown']);
  expect(seen.says, what).to.contain('Child protection plan').and.to.contain('Islington');
  expect(seen.says, what)
    .to.contain('020 7946 0123')
    .and.to.match(/About 2 earlier visits, \w+ in the last 30 days at \d services? · CP-IS viewed 2 times/);
}

/** Not checked, and for this reason. */
export function expectNotChecked(seen: Seen, reason: string, what?: string): void {
  expect([seen.status, seen.reason, seen.visits], what).to.deep.equal(['not-checked', reason, 'none']);
  expect(seen.says, what).to.contain('CP-IS not checked: status unknown');
}

/** The tag never started: the host's own sentence is visible, and no attribute says anything. */
export function expectSentence(seen: Seen, what?: string): void {
  expect(seen, what).to.deep.equal({ status: null, reason: null, visits: null, says: sentence });
}

/**
 * How many workers ask for the page. Where the driver does not know, or learns it late, the page's own timeline shows
 * whether the page itself asked.
 */
export async function workersOf(page: Page): Promise<number> {
  if (engine === 'chromium') return page.workers().length;
  // The page's scripts may have added methods to arrays, so a returned array would not pass unchanged.
  const hasAsked = await page.evaluate(() =>
    /\/(CareTeam|AuditEvent)\?/.test(
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join(' '),
    ),
  );
  return hasAsked ? 0 : 1;
}
