/** `npm run pictures` takes the pictures in docs/pictures from the built demo, with its clock standing still. */
import { mkdir, writeFile } from 'node:fs/promises';
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core';

import { browserArguments, browserPath } from './browser.js';
import { startDemo, type DemoServer } from '../demo/server/server.js';
import { cells } from '../demo/states/cells.js';

const FOLDER = 'docs/pictures';
const SUNDAY_EVENING = '2026-11-22T21:42:00Z';
/** A time when a surgery is open. */
const MONDAY_MORNING = '2026-11-23T10:05:00Z';

interface Picture {
  name: string;
  address: string;
  at: string;
  width: number;
  /** The height of the picture. Without it, the whole page. */
  height?: number;
  before?: (page: Page) => Promise<void>;
  /** Only this part of the page. */
  part?: string;
}

const [wide, narrow] = [1280, 420];

/** The child in the design's picture: two authorities, one plan that has ended, thirteen earlier views. */
const severalPlans = '/demo/ed/#bed-1';

const answered = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => {
    const tag = document.querySelector('cp-is-banner');
    return (
      !['idle', 'checking', null].includes(tag?.getAttribute('status') ?? null) &&
      tag?.getAttribute('visits') !== 'loading'
    );
  });
};

const screens: readonly Picture[] = [
  { name: 'front-door', at: SUNDAY_EVENING, address: '/', width: wide },
  { name: 'ed-board', at: SUNDAY_EVENING, address: '/demo/ed/', width: wide, height: 900 },
  { name: 'ed-record', at: SUNDAY_EVENING, address: severalPlans, width: wide, height: 900, before: answered },
  {
    name: 'ed-record-narrow',
    at: SUNDAY_EVENING,
    address: severalPlans,
    width: narrow,
    height: 1100,
    before: answered,
  },
  {
    name: 'ed-views-open',
    at: SUNDAY_EVENING,
    address: severalPlans,
    width: wide,
    part: 'cp-is-banner',
    before: async (page) => {
      await answered(page);
      await page.locator('cp-is-banner >>> button[aria-controls=details]').click();
    },
  },
  {
    name: 'nhs-111',
    at: SUNDAY_EVENING,
    address: '/demo/nhs-111/#call-1',
    width: wide,
    height: 900,
    before: answered,
  },
  {
    name: 'general-practice',
    address: '/demo/general-practice/#appointment-3',
    at: MONDAY_MORNING,
    width: wide,
    height: 900,
    before: answered,
  },
  {
    name: 'maternity',
    at: SUNDAY_EVENING,
    address: '/demo/maternity/#bed-2',
    width: wide,
    height: 900,
    before: answered,
  },
];

/** Pictures of the sheet of states, by the cell's name. */
const states: Readonly<Record<string, string>> = {
  'Looked after': 'state-looked-after',
  'Child protection plan ended': 'state-ended',
  'No record': 'state-none',
  'Timed out': 'state-not-checked',
  Checking: 'state-checking',
  'A record is held': 'state-discreet',
};

const stateSheet = Object.entries(states).map(([cell, name]): Picture => ({
  name,
  at: SUNDAY_EVENING,
  address: '/demo/states/',
  width: 900,
  part: `[data-cell="${cells.findIndex((one) => one.name === cell)}"] cp-is-banner`,
  before: async (page) => {
    const index = cells.findIndex((one) => one.name === cell);
    await page.select('#width', '100%');
    await page.waitForFunction(
      (at, wanted) => document.querySelectorAll('.cell cp-is-banner')[at]?.getAttribute('status') === wanted,
      {},
      index,
      cells[index]?.shows.status ?? '',
    );
  },
}));

/** Stops the page's clock, so that nothing in a picture depends on how fast it was taken. */
const standStill = (at: number): string =>
  `{ const Real = Date; Date = class extends Real { constructor(...p) { p.length === 0 ? super(${at}) : super(...p); } static now() { return ${at}; } }; }`;

const take = async (browser: Browser, demo: DemoServer, { at, ...picture }: Picture): Promise<void> => {
  const { name, address, width, height, before, part } = picture;
  // Puts back the register's first records, so that no picture shows views from another.
  await fetch(`${demo.url}/sandbox/reset`, { method: 'POST' });
  const page = await browser.newPage();
  await page.setViewport({ width, height: height ?? 900 });
  await page.evaluateOnNewDocument(standStill(Date.parse(at)));
  // A worker would have its own clock. Without a worker the tag does the same in the page.
  await page.evaluateOnNewDocument('delete globalThis.Worker');
  // The loader names functions with a helper that is missing where functions are sent to the page.
  await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
  await page.goto(demo.url + address);
  await before?.(page);
  const target: Page | ElementHandle | null = part === undefined ? page : await page.$(part);
  const png = await target?.screenshot({ fullPage: part === undefined && height === undefined });
  if (!png) throw new Error(`${name}: nothing to take a picture of`);
  await writeFile(`${FOLDER}/${name}.png`, png);
  console.log(`${name}.png ${Math.round(png.length / 1024)} KB`);
  await page.close();
};

await mkdir(FOLDER, { recursive: true });
const browser = await puppeteer.launch({ executablePath: await browserPath(), args: [...browserArguments] });
try {
  for (const at of [SUNDAY_EVENING, MONDAY_MORNING]) {
    const demo = await startDemo(0, () => Date.parse(at));
    for (const picture of [...screens, ...stateSheet].filter((one) => one.at === at))
      await take(browser, demo, picture);
    await demo.close();
  }
} finally {
  await browser.close();
}
