// Switches of every kind, in every layout, from every state in which a reader may have left a banner. From the moment
// of the change, no text of the old patient may be in it. It is examined in the change's own task, in the next
// microtask, at each change of its tree, in each frame and after painting. One banner in fifty is examined in pictures
// of the screen as well.
import { writeFileSync } from 'node:fs';

import type { CDPSession, Page } from 'puppeteer-core';

import { numbers } from './browser/marked-register.js';
import { engine } from '../support/node/engine.js';
import { Stage } from './browser/stage.js';
import { befores, installSwitching, kinds, meanwhiles, type Switch } from './browser/switching.js';
import { oneOf, randomOfCase, type Campaign, type Totals } from './campaign.js';

const held = numbers.filter((_, index) => index % 4 !== 3);
/** Fewer than a browser's connections to one register, so that answers kept back do not hold up the others. */
const together = 5;
const photographed = 50;

/** Each place in a round has patients of its own, so that a text shows which banner it belongs to. */
const switchOf = (seed: number, index: number): Switch => {
  const random = randomOfCase(seed, index);
  const place = index % together;
  const [from, to] = [place, place + together].map((start) => {
    const round = Math.floor((random() * held.length) / (2 * together));
    return held[(round * 2 * together + start) % held.length] ?? '';
  });
  return {
    layout: oneOf(random, ['banner', 'compact', 'panel']),
    discreet: random() < 0.2,
    from: from ?? '',
    to: to ?? '',
    before: oneOf(random, befores),
    kind: oneOf(random, kinds),
    meanwhile: oneOf(random, meanwhiles),
  };
};

class Switches {
  readonly #stage = new Stage();
  #page: Page | undefined;
  #devtools: CDPSession | undefined;
  /** The answers that are kept back, by resource and number, or `'all'` of them. */
  #keptBack: ReadonlySet<string> | 'all' = new Set();

  async open(): Promise<void> {
    await this.#stage.open();
    this.#stage.register.fate = ({ resource, nhsNumber }) => ({
      hold: this.#keptBack === 'all' || this.#keptBack.has(`${resource} ${nhsNumber}`),
    });
    this.#page = await this.#stage.newPage();
    if (engine === 'chromium') this.#devtools = await this.#page.createCDPSession();
    await this.#page.evaluate(installSwitching);
  }

  close(): Promise<void> {
    return this.#stage.close();
  }

  /** Makes the switches of one round. The totals count what was seen. */
  async round(switches: readonly Switch[], round: string, totals: Totals): Promise<void> {
    const page = this.#page!;
    await this.#prepare(switches, round, totals);
    await page.evaluate(() => switching.change());
    await page.evaluate(() => switching.frames(3));
    this.#release();
    await page.evaluate(() => switching.rest());
    const { faults, looks } = await page.evaluate(() => {
      const seen = { faults: watched.faults.splice(0), looks: watched.looks };
      watched.looks = 0;
      return seen;
    });
    if (faults.length > 0) throw new Error([...new Set(faults)].join('; '));
    totals['looks'] = (totals['looks'] ?? 0) + looks;
    for (const { kind } of switches) totals[kind] = (totals[kind] ?? 0) + 1;
    this.#mustNotComplain();
  }

  /** Pixel by pixel, the screen after the change must equal that of a banner that never showed anybody. */
  async photograph(one: Switch, round: string, totals: Totals): Promise<void> {
    const page = this.#page!;
    this.#keptBack = 'all';
    await page.evaluate((...all) => switching.blank(...all), one, round);
    const blank = await this.#picture();
    await page.evaluate(() => switching.empty());
    this.#release();

    const [texts = 0] = await this.#prepare([one], round, totals);
    const before = await this.#picture();
    if (texts > 0 && before === blank) throw new Error('A picture that shows nothing of a plan');
    await page.evaluate(() => switching.change());
    for (let pictures = 1; pictures <= 3; pictures += 1) {
      const picture = await this.#picture();
      if (picture === blank) continue;
      // The browser may once return the frame that it painted before the change, but not twice.
      if (pictures === 1 && picture === before) {
        totals['pictures still of the frame before'] = (totals['pictures still of the frame before'] ?? 0) + 1;
        continue;
      }
      for (const [name, data] of Object.entries({ blank, picture }))
        writeFileSync(`.cache/blank-on-switch-${name}.png`, data, 'base64');
      throw new Error(`Picture ${pictures} after the change is not a blank one (${JSON.stringify(one)}, see .cache)`);
    }
    totals['photographed'] = (totals['photographed'] ?? 0) + 1;
    totals['pictures after the change'] = (totals['pictures after the change'] ?? 0) + 3;
    this.#release();
    await page.evaluate(() => switching.empty());
    this.#mustNotComplain();
  }

  async #prepare(switches: readonly Switch[], round: string, totals: Totals): Promise<readonly number[]> {
    this.#keptBack = new Set(
      switches.flatMap(({ before, from }) =>
        before === 'checking' ? [`CareTeam ${from}`] : before === 'visits-loading' ? [`AuditEvent ${from}`] : [],
      ),
    );
    const texts = await this.#page!.evaluate((...all) => switching.prepare(...all), switches, round);
    this.#keptBack = 'all';
    for (const [index, { before }] of switches.entries())
      if (texts[index] === 0 && before !== 'checking' && before !== 'hidden')
        throw new Error('Nothing stands there to be blanked');
    totals['texts before'] = (totals['texts before'] ?? 0) + texts.reduce((sum, each) => sum + each, 0);
    return texts;
  }

  /** Lets the late answers come, including the old patients'. */
  #release(): void {
    this.#keptBack = new Set();
    this.#stage.register.release();
  }

  async #picture(): Promise<string> {
    const clip = { x: 0, y: 0, width: 1280, height: 700, scale: 1 };
    if (this.#devtools === undefined) return this.#page!.screenshot({ clip, encoding: 'base64' });
    const { data } = await this.#devtools.send('Page.captureScreenshot', { format: 'png', clip });
    return data;
  }

  #mustNotComplain(): void {
    const complaints = this.#stage.complaints.splice(0);
    if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('; ')}`);
  }
}

/**
 * Whether a picture can be compared. A selection's colour or a focus ring stays on the screen; an unverified number
 * soon has words of its own; and a change of setting within the same open has its answer at once.
 */
const isPlain = ({ before, kind }: Switch): boolean =>
  before !== 'selected' && before !== 'focused' && kind !== 'unverified' && kind !== 'setting';

export const campaign: Campaign = {
  full: 10_000,
  slice: 50,
  batch: photographed,
  open: async () => {
    const switches = new Switches();
    await switches.open();
    return {
      run: async (seed, from, to) => {
        const totals: Totals = {};
        let index = from;
        try {
          for (; index < to; index += together) {
            const round = Array.from({ length: Math.min(together, to - index) }, (_, place) => index + place);
            await switches.round(
              round.map((each) => switchOf(seed, each)),
              `E${index}`,
              totals,
            );
            if (index % photographed > 0) continue;
            const batch = Array.from({ length: photographed }, (_, place) => switchOf(seed, index + place));
            await switches.photograph(batch.find(isPlain) ?? batch[0]!, `P${index}`, totals);
          }
        } catch (fault) {
          throw new Error(`Seed ${seed}, cases ${index} to ${index + together - 1}: ${(fault as Error).message}`, {
            cause: fault,
          });
        }
        return totals;
      },
      close: () => switches.close(),
    };
  },
};
