import { expect } from 'chai';
import type { Frame, Page } from 'puppeteer-core';

import { cardsOf, lookUp, notifications, openPage, waitForCard } from './authority-support.js';
import { accessRows, setStage, type Stage } from './support.js';
import { setUp } from '../support/node/setting-up.js';

const sadia = { person: '11', name: 'Sadia BEGUM' };
const noah = { person: '8', name: 'Noah CAMPBELL' };

describe('the split view', () => {
  let stage: Stage;
  setUp(async (keep) => {
    stage = await setStage(keep);
  });

  const openSplit = async (): Promise<{ page: Page; leaks: string[]; authority: Frame }> => {
    const { page, leaks } = await openPage(stage, `${stage.demo.url}/demo/split/`);
    const authority = (await (await page.waitForSelector('#authority'))?.contentFrame())!;
    await authority.waitForSelector('#connection[data-state=connected]');
    await (await health(page)).waitForSelector('[data-person]');
    return { page, leaks, authority };
  };
  const health = async (page: Page): Promise<Frame> => (await (await page.$('#health'))?.contentFrame())!;

  /**
   * Opens a patient on the left and watches the right, both by the page's own clock. Returns the milliseconds from the
   * click to the frame that shows the card, or undefined when a minute has passed without one.
   */
  const openAndWatch = (page: Page, person: string, name: string): Promise<number | undefined> =>
    page.evaluate(
      (row, wanted) =>
        new Promise<number | undefined>((resolve) => {
          const frame = (id: string): HTMLIFrameElement => document.getElementById(id) as HTMLIFrameElement;
          const right = frame('authority').contentWindow!;
          const list = right.document.getElementById('page')!;
          const before = list.querySelectorAll('[data-alert]').length;
          const from = performance.now();
          const isThere = (): boolean =>
            list.querySelectorAll('[data-alert]').length > before &&
            [...list.querySelectorAll('.alert__name')].some(
              (card) => card.textContent === wanted && card.getClientRects().length > 0,
            );
          const observer = new MutationObserver(() => {
            if (!isThere()) return;
            observer.disconnect();
            clearTimeout(tooLate);
            right.requestAnimationFrame(() => resolve(performance.now() - from));
          });
          const tooLate = setTimeout(() => {
            observer.disconnect();
            resolve(undefined);
          }, 60_000);
          observer.observe(list, { childList: true, subtree: true });
          frame('health').contentDocument!.querySelector<HTMLElement>(`[data-person="${row}"] a`)!.click();
        }),
      person,
      name,
    );

  it('shows the alert in the authority’s page when the patient is opened, without being asked again', async () => {
    const { page, leaks, authority } = await openSplit();
    const opens: (readonly [person: string, name: string])[] = [
      [sadia.person, sadia.name],
      [noah.person, noah.name],
      ['0', 'Aaliyah HASSAN'],
      ['26', "Finley O'CONNOR"],
      ['2', 'Oliver BENNETT'],
    ];
    const taken: number[] = [];
    for (const [person, name] of opens) {
      const milliseconds = await openAndWatch(page, person, name);
      expect(milliseconds, `${name}: no alert`).to.be.a('number');
      taken.push(Math.round(milliseconds ?? 0));
      await (await health(page)).$eval('.steps__back', (link) => (link as HTMLElement).click());
      await (await health(page)).waitForSelector('#record[hidden]');
    }
    console.log(`      patient-open to alert on the screen: ${taken.join(', ')} ms`);
    expect(await authority.$eval('#tabs [href="#inbox"]', ({ textContent }) => textContent)).to.contain('5');
    expect(leaks).to.deep.equal([]);
    await page.close();
  });

  it('shows no alert when the GP opens the same children, although the banner answers', async () => {
    const { page, leaks, authority } = await openSplit();
    const [rows, told] = [await accessRows(stage), await notifications(stage)];
    await page.click('[data-place=gp]');
    const surgery = async (): Promise<Frame> => health(page);
    for (const { person } of [sadia, noah]) {
      await (await surgery()).waitForSelector(`[data-person="${person}"] a`);
      await (await surgery()).$eval(`[data-person="${person}"] a`, (link) => (link as HTMLElement).click());
      await (await surgery()).waitForSelector('cp-is-banner[status=current]');
      await (await surgery()).waitForSelector('cp-is-banner:not([visits=loading])');
      await (await surgery()).$eval('.steps__back', (link) => (link as HTMLElement).click());
      await (await surgery()).waitForSelector('#record[hidden]');
    }
    expect(await accessRows(stage)).to.deep.equal(rows);
    expect(await notifications(stage)).to.have.lengthOf(told.length);

    // Notifications come in order. If the GP had caused one, it would have arrived before this one.
    await lookUp(stage, 'demo-111', '9998791685');
    await waitForCard(authority, 'Jordan FLETCHER');
    expect(await authority.$$('[data-alert]')).to.have.lengthOf(told.length + 1);
    for (const name of [sadia.name, noah.name]) {
      const [card = '', ...more] = await cardsOf(authority, name);
      expect([more.length, card.includes('viewed by 1 member of staff')]).to.deep.equal([0, true]);
    }
    expect(leaks).to.deep.equal([]);
    await page.close();
  });

  it('says in one line on each side what to watch for', async () => {
    const { page } = await openSplit();
    const says = (id: string): Promise<string | null> => page.$eval(id, ({ textContent }) => textContent);
    expect(await says('#health-says')).to.contain('an alert leaves');
    expect(await says('#authority-says')).to.contain('within a second');
    await page.click('[data-place=gp]');
    expect(await says('#health-says')).to.contain('Scheduled care');
    expect(await says('#authority-says')).to.contain('No alert arrives');
    await page.close();
  });
});
