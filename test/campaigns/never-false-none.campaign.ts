import { nhsNumber } from '../fixtures/bundles.js';
import { engine, engineAsked } from '../support/node/engine.js';
import type { Campaign, Totals } from './campaign.js';
import { caseCount, caseOf, type Case } from './false-none/cases.js';
import { throughTheClient, type Told } from './false-none/client.js';
import { wasKept } from './false-none/headers.js';
import { isLinkDamaged, isTrueNone } from './false-none/oracle.js';
import { tagUnderTest } from './false-none/tag.js';

/**
 * Safety rule 1: whatever comes back (every HTTP code, every way a connection can die, payloads cut at every byte,
 * mutated payloads, headers of caches and of other clocks), "no record" is said only for a true none, and "not viewed
 * before" only for a true empty history. The only true ones that may be lost are those whose link is damaged: an
 * address that no server writes. A sample goes through the tag in Chromium, the others through its client under Node.
 * With `--engine=…` all of them go through the tag in that engine.
 */
export const campaign: Campaign = {
  full: caseCount,
  slice: 400,
  batch: 2000,
  open: async () => {
    const tag = await tagUnderTest();
    const { fetch } = globalThis;
    return {
      run: async (seed, from, to) => {
        const totals: Totals = {};
        const cases = new Map(
          Array.from({ length: to - from }, (_, at) => [from + at, caseOf(seed, from + at, engineAsked !== undefined)]),
        );
        const inBrowser = new Map([...cases].filter(([, { throughTheTag }]) => throughTheTag));
        for (const [index, one] of cases)
          if (!one.throughTheTag) judge(seed, index, one, await throughTheClient(one), totals);
        globalThis.fetch = fetch;
        const told = new Map(await tag.ask(inBrowser));
        // A check has one second here. A case that a busy machine did not answer in time is run again, alone.
        for (let tries = 0; tries < 5; tries += 1)
          for (const [index, one] of inBrowser)
            if (isLost(one, told.get(index)))
              for (const [, again] of await tag.ask(new Map([[index, one]]))) told.set(index, again);
        for (const [index, one] of inBrowser) judge(seed, index, one, told.get(index), totals);
        count(totals, 'through the tag', inBrowser.size);
        return totals;
      },
      close: async () => {
        globalThis.fetch = fetch;
        await tag.close();
      },
    };
  },
};

const late: readonly Case['fault'][] = ['late-request', 'late-answer', 'hang'];

/**
 * WebKitGTK accepts a chunked body that breaks off as a whole one, so such a body can be judged only by what arrived.
 */
const noticesMissingEnd = engine !== 'webkit';

/** Whether the browser got the whole answer, in time. */
const cameWhole = ({ fault, framing }: Case): boolean =>
  (fault === undefined || fault === 'drip') &&
  framing !== 'longer length' &&
  !(framing === 'chunks without an end' && noticesMissingEnd);

const saidOf = (one: Case, { none, noVisits }: Told): boolean => (one.asked === 'plans' ? none : noVisits);

function isTrue(one: Case): boolean {
  const whole = cameWhole(one) && !late.includes(one.fault);
  return isTrueNone({ ...one, whole, kept: wasKept(one.headers) }, nhsNumber);
}

/** A true none that was not said, although its link is undamaged. */
const isLost = (one: Case, told: Told | undefined): boolean =>
  told !== undefined && isTrue(one) && !saidOf(one, told) && !isLinkDamaged(one.body, nhsNumber);

function judge(seed: number, index: number, one: Case, told: Told | undefined, totals: Totals): void {
  if (told === undefined) throw new Error(`Seed ${seed}, case ${index}: no end`);
  const said = saidOf(one, told);
  const isNone = isTrue(one);
  const saidOther = one.asked === 'plans' ? told.noVisits : told.none;
  if ((said && !isNone) || saidOther) throw new Error(`Seed ${seed}, case ${index}: a false none (${one.says})`);
  if (isLost(one, told)) throw new Error(`Seed ${seed}, case ${index}: a true none that is not said (${one.says})`);
  count(totals, one.kind);
  count(totals, 'kept on its way', wasKept(one.headers) ? 1 : 0);
  count(totals, 'no true none', isNone ? 0 : 1);
  count(totals, 'true none, said', isNone && said ? 1 : 0);
  count(totals, 'true none, not said for its damaged link', isNone && !said ? 1 : 0);
}

function count(totals: Totals, what: string, by = 1): void {
  totals[what] = (totals[what] ?? 0) + by;
}
