import { expect } from 'chai';
import type { Browser, Frame, Page } from 'puppeteer-core';

import { inWindow } from '../../tools/browser.js';

/** One host in a browser: its page, and the frame that holds the tag. */
interface Opened {
  readonly page: Page;
  readonly frame: Frame;
  readonly complaints: readonly string[];
}

/**
 * Everything the page complains of from now on, except the failure that the script makes, and React's advertisement for
 * its tools.
 */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isOurs = (message.location().url ?? '').includes('/faults/status-503/');
    if (!isOurs && !message.text().includes('Download the React DevTools')) complaints.push(message.text());
  });
  return complaints;
}

/** Opens a host, and collects every complaint of the page. */
export async function openHost(browser: Browser, address: string): Promise<Opened> {
  const page = await browser.newPage(inWindow);
  await page.setViewport({ width: 1280, height: 900 });
  const complaints = complaintsOf(page);
  await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
  await page.goto(address);
  const frame = await frameOfTag(page);
  await frame.waitForFunction(() => document.querySelector('cp-is-banner')?.getAttribute('status') === 'idle');
  return { page, frame, complaints };
}

async function frameOfTag(page: Page): Promise<Frame> {
  const framed = await page.$('iframe');
  if (framed === null) {
    await page.waitForSelector('cp-is-banner');
    return page.mainFrame();
  }
  const frame = await framed.contentFrame();
  await frame.waitForSelector('cp-is-banner');
  return frame;
}

interface Read {
  readonly status: string;
  readonly reason: string;
  readonly text: string;
}

const read = (frame: Frame): Promise<Read> =>
  frame.$eval('cp-is-banner', (banner) => ({
    status: banner.getAttribute('status') ?? '',
    reason: banner.getAttribute('reason') ?? '',
    text: [...(banner.shadowRoot?.querySelectorAll<HTMLElement>('section') ?? [])]
      .map((section) => section.innerText.replace(/\s+/g, ' '))
      .join(' '),
  }));

/** What the banner says once it has answered for the patient just opened. */
async function answered(frame: Frame): Promise<Read> {
  await frame.waitForFunction(() => {
    const banner = document.querySelector('cp-is-banner');
    const status = banner?.getAttribute('status') ?? 'idle';
    return status !== 'idle' && status !== 'checking' && banner?.getAttribute('visits') !== 'loading';
  });
  return read(frame);
}

/** Notes every text that the banner shows from now on, even for a single frame. */
const watch = (frame: Frame): Promise<void> =>
  frame.$eval('cp-is-banner', (banner) => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    const note = (): void =>
      void seen.push(`${banner.getAttribute('status') ?? ''} ${banner.shadowRoot?.textContent ?? ''}`);
    const observer = new MutationObserver(note);
    observer.observe(banner, { attributes: true, attributeFilter: ['status'] });
    if (banner.shadowRoot) observer.observe(banner.shadowRoot, { childList: true, subtree: true, characterData: true });
  });

interface Access {
  readonly nhsNumber: string;
  readonly author: string;
}

async function accessesOf(origin: string): Promise<readonly string[]> {
  const rows = (await (await fetch(`${origin}/sandbox/accesses`)).json()) as readonly Access[];
  return rows.filter(({ author }) => author === 'demo-ed-nurse').map(({ nhsNumber }) => nhsNumber);
}

/**
 * The events that a host hears during the script, from the first patient to the last. Each check counts once, each
 * close as none.
 */
const heard = [
  ...['checking', 'current'],
  ...['checking', 'current'],
  ...['checking', 'current'],
  ...['checking', 'not-checked busy'],
  'idle',
  ...['checking', 'current'],
  'idle',
  ...['checking', 'current'],
];

/**
 * The same for every host: open, switch, scheduled, failure, close, sign-out, sign-in. No complaints, and at most one
 * access for each open.
 */
export async function playScript(browser: Browser, address: string): Promise<void> {
  const { origin } = new URL(address);
  const { page, frame, complaints } = await openHost(browser, address);
  const before = (await accessesOf(origin)).length;
  const made = async (): Promise<readonly string[]> => (await accessesOf(origin)).slice(before);
  const press = (id: string): Promise<void> => page.$eval(`#${id}`, (button) => (button as HTMLElement).click());
  const user = (): Promise<string> => frame.$eval('cp-is-banner', (banner) => banner.user ?? '');
  const hasHeard = (first: number): Promise<unknown> =>
    page.waitForFunction(
      (wanted) => document.getElementById('heard')?.textContent === wanted,
      { timeout: 10_000 },
      heard.slice(0, first).join(', '),
    );
  try {
    await press('open-aaliyah');
    await frame.waitForSelector('cp-is-banner[status="current"]:not([visits="loading"])');
    const aaliyah = await answered(frame);
    expect(aaliyah.text).to.contain('Child protection plan').and.to.contain('Islington');
    await hasHeard(2);
    expect(await made()).to.deep.equal(['9995124467']);
    // The host's build includes the worker file. (puppeteer lists the workers of a page, not those of its frames.)
    if (frame === page.mainFrame()) expect(page.workers()).to.have.lengthOf(1);

    await watch(frame);
    await press('open-yusuf');
    await frame.waitForFunction(() =>
      (globalThis as unknown as { seen: string[] }).seen.some((text) => text.startsWith('checking')),
    );
    const yusuf = await answered(frame);
    expect(yusuf.status).to.equal('current');
    expect(yusuf.text).to.contain('Looked after').and.to.contain('Hackney').and.not.to.contain('Islington');
    expect(await made()).to.deep.equal(['9995124467', '9996331520']);
    const seen = await frame.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    const first = seen.findIndex((text) => text.startsWith('checking'));
    expect(seen.slice(first).filter((text) => text.includes('Child protection plan'))).to.deep.equal([]);

    await press('scheduled');
    await frame.waitForFunction(() =>
      document.querySelector('cp-is-banner')?.shadowRoot?.textContent.includes('sent no alert'),
    );
    expect(await answered(frame)).to.include({ status: 'current', reason: '' });
    expect(await made()).to.have.lengthOf(2);

    await press('fail');
    await frame.waitForSelector('cp-is-banner[reason="busy"]');
    const failed = await answered(frame);
    expect(failed.text).to.contain('CP-IS not checked').and.not.to.contain('Looked after');
    await hasHeard(8);

    await press('close');
    await frame.waitForSelector('cp-is-banner[status="idle"]');
    expect(await read(frame)).to.deep.equal({ status: 'idle', reason: '', text: '' });
    await hasHeard(9);

    await press('open-yusuf');
    await frame.waitForSelector('cp-is-banner[status="current"]');
    await press('sign-out');
    await frame.waitForSelector('cp-is-banner[status="idle"]');
    expect(await read(frame)).to.deep.equal({ status: 'idle', reason: '', text: '' });
    expect(await user()).to.equal('');
    await hasHeard(12);

    await press('sign-in');
    await press('open-aaliyah');
    await frame.waitForSelector('cp-is-banner[status="current"]');
    expect(await user()).to.equal('demo-ed-nurse');
    await hasHeard(14);
    expect(await made()).to.deep.equal(['9995124467', '9996331520', '9996331520', '9995124467']);

    expect(complaints).to.deep.equal([]);
  } finally {
    await page.close();
  }
}

/** A record that was open when a server rendered it: it is opened once, by the bound user, with no complaints. */
export async function openRecord(browser: Browser, address: string): Promise<void> {
  const { origin } = new URL(address);
  const before = (await accessesOf(origin)).length;
  const page = await browser.newPage(inWindow);
  const complaints = complaintsOf(page);
  try {
    await page.goto(address);
    await page.waitForSelector('cp-is-banner[status=current]:not([visits=loading])');
    const set = await page.$eval('cp-is-banner', ({ user, careSetting }) => [user, careSetting]);
    expect(set).to.deep.equal(['demo-ed-nurse', 'emergency-department']);
    expect((await accessesOf(origin)).slice(before)).to.deep.equal(['9995124467']);
    expect(complaints).to.deep.equal([]);
  } finally {
    await page.close();
  }
}
