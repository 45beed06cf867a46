import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Frame, Page } from 'puppeteer-core';

import { people, type Person } from '../../demo/shared/people.js';
import type { Notification } from '../../demo/shared/register-api.js';
import { londonDay } from '../../demo/shared/time.js';
import { inWindow } from '../../tools/browser.js';
import type { Stage } from './support.js';

export const islington = 'E09000019';

export const today = londonDay(Date.now());

/** One of the demo's people, with their row of the board. */
export const one = (nhsNumber: string): Person & { person: string } => {
  const everyone = people(today);
  const index = everyone.findIndex((person) => person.nhsNumber === nhsNumber);
  return { ...everyone[index]!, person: String(index) };
};

/** What must never be in an address, a title or the console. */
const anyNhsNumber = /999[ -]?\d{3}[ -]?\d{4}/;

/** A page of the demo that notes every place where an NHS number must not be. */
export async function openPage({ browser }: Stage, address: string): Promise<{ page: Page; leaks: string[] }> {
  const page = await browser.newPage(inWindow);
  await page.setViewport({ width: 1280, height: 900 });
  const leaks: string[] = [];
  const look = (text: string): void => {
    if (anyNhsNumber.test(decodeURIComponent(text))) leaks.push(text);
  };
  page.on('pageerror', (error) => leaks.push(String(error)));
  page.on('console', (message) => {
    look(message.text());
    // The browser itself reports a connection that was cut on purpose.
    if (!message.text().startsWith('Failed to load resource')) leaks.push(message.text());
  });
  page.on('framenavigated', (frame) => {
    look(frame.url());
    frame.title().then(look, () => undefined);
  });
  page.on('request', (request) => {
    if (!request.url().includes('/cpis/')) look(request.url());
  });
  // The test loader names functions with a helper that is missing where functions are sent to the page.
  await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
  await page.goto(address);
  return { page, leaks };
}

/** The social worker's page, once it is connected to the register. */
export async function openAuthority(
  stage: Stage,
  tab = 'inbox',
  origin = stage.demo.url,
): Promise<{ page: Page; leaks: string[] }> {
  const opened = await openPage(stage, `${origin}/demo/local-authority/#${tab}`);
  await opened.page.waitForSelector('#connection[data-state=connected]');
  return opened;
}

/** An unscheduled look, as another EPR would make it. */
export async function lookUp({ demo }: Stage, token: string, nhsNumber: string): Promise<number> {
  const identifier = encodeURIComponent(`https://fhir.nhs.uk/Id/nhs-number|${nhsNumber}`);
  const response = await fetch(`${demo.url}/cpis/FHIR/R4/CareTeam?patient:identifier=${identifier}`, {
    headers: { Authorization: `Bearer ${token}`, TraceID: randomUUID(), IsUnscheduledAccessEvent: 'true' },
  });
  expect(response.status).to.equal(200);
  return ((await response.json()) as { total: number }).total;
}

export async function notifications({ demo }: Stage): Promise<readonly Notification[]> {
  const response = await fetch(`${demo.url}/local-authorities/${islington}/notifications?limit=1000`, {
    headers: { Authorization: `Bearer demo-la-${islington}` },
  });
  return ((await response.json()) as { notifications: readonly Notification[] }).notifications;
}

/** Uploads records to the same authority, each with an open child protection plan. */
export async function upload({ demo }: Stage, records: readonly object[]): Promise<void> {
  const plans = [{ type: 'CPP', start: '2026-01-05' }];
  await fetch(`${demo.url}/local-authorities/${islington}/uploads`, {
    method: 'POST',
    headers: { Authorization: `Bearer demo-la-${islington}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      localAuthority: { name: 'Islington Local Authority', emergencyDutyPhone: '020 7946 0123' },
      records: records.map((record) => ({ plans, ...record })),
    }),
  });
}

/** The text of every card whose child has this name. */
export const cardsOf = (page: Page | Frame, name: string): Promise<string[]> =>
  page.$$eval(
    '.alert',
    (cards, wanted) =>
      cards
        .filter((card) => card.querySelector('.alert__name')?.textContent === wanted)
        .map((card) => (card as HTMLElement).innerText.replace(/\s+/g, ' ')),
    name,
  );

export const waitForCard = async (page: Page | Frame, name: string): Promise<void> => {
  await page.waitForFunction(
    (wanted) => [...document.querySelectorAll('.alert__name')].some(({ textContent }) => textContent === wanted),
    {},
    name,
  );
};

/** Presses a button inside the card of this child. */
export const pressInCard = (page: Page, name: string, selector: string): Promise<void> =>
  page.$$eval(
    '.alert',
    (cards, wanted, button) => {
      const card = cards.find((one) => one.querySelector('.alert__name')?.textContent === wanted);
      card!.querySelector<HTMLElement>(button)!.click();
    },
    name,
    selector,
  );

export const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => (element as HTMLElement).innerText.replace(/\s+/g, ' ').trim());

/** Fills in who is here, and the outcome of everything that is to be acknowledged. */
export const sayOutcome = async (page: Page, outcome = 'no-further-action'): Promise<void> => {
  await page.$eval('#who', (name) => {
    (name as HTMLInputElement).value = 'Sam Okoro';
    name.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.$$eval(
    '[data-outcome]',
    (choices, value) => choices.forEach((one) => ((one as HTMLSelectElement).value = value)),
    outcome,
  );
};

/** Sets a field at once, as a date picker does. */
export const fill = (page: Page, selector: string, value: string): Promise<void> =>
  page.$eval(
    selector,
    (field, text) => {
      (field as HTMLInputElement).value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
    value,
  );

/** Every control that the Tab key does not reach, however often it is pressed. */
export async function unreachable(page: Page): Promise<string[]> {
  const all = await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    const actable = document.querySelectorAll<HTMLElement>(
      'a[href], button:not(:disabled), input, select, textarea, [tabindex="0"]',
    );
    const seen = [...actable].filter((element) => element.getClientRects().length > 0);
    for (const [index, element] of seen.entries()) element.dataset['stop'] = String(index);
    return seen.map((element) => `${element.tagName} ${element.id || element.textContent.trim()}`);
  });
  const reached = new Set<number>();
  // A date field takes four presses.
  for (let press = 0; press < all.length * 4 + 10 && reached.size < all.length; press++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['stop']);
    if (stop !== undefined) reached.add(Number(stop));
  }
  return all.filter((_, index) => !reached.has(index));
}
