import { nhsNumber } from '../fixtures/bundles.js';
import type { Campaign, Totals } from './campaign.js';
import { caseCount, caseOf, type Case } from './false-none/cases.js';
import { throughTheClient, type Told } from './false-none/client.js';
import { wasKept } from './false-none/headers.js';
import { isLinkDamaged, isTrueNone } from './false-none/oracle.js';
import { tagUnderTest } from './false-none/tag.js';

/**
 * Safety rule 1: whatever comes back (every HTTP code, every way a connection can die, payloads cut at every byte, mutated
 * payloads, headers of caches and of other clocks), "no record" is said only of a true none, and "not viewed before" only
 * of a true empty history. Of true ones only those are lost whose link is damaged: an address that no server writes.
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
        const cases = new Map(Array.from({ length: to - from }, (_, at) => [from + at, caseOf(seed, from + at)]));
        const inBrowser = new Map([...cases].filter(([, { throughTheTag }]) => throughTheTag));
        for (const [index, one] of cases)
          if (!one.throughTheTag) judge(seed, index, one, await throughTheClient(one), totals);
        globalThis.fetch = fetch;
        const told = await tag.ask(inBrowser);
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

/** Whether the browser got the answer whole, and in time. */
const cameWhole = ({ fault, framing }: Case): boolean =>
  (fault === undefined || fault === 'drip') && framing !== 'longer length' && framing !== 'chunks without an end';

function judge(seed: number, index: number, one: Case, told: Told | undefined, totals: Totals): void {
  if (told === undefined) throw new Error(`Seed ${seed}, case ${index}: no end`);
  const whole = cameWhole(one) && !late.includes(one.fault);
  const kept = wasKept(one.headers);
  const isTrue = isTrueNone({ ...one, whole, kept }, nhsNumber);
  const said = one.asked === 'plans' ? told.none : told.noVisits;
  const saidOther = one.asked === 'plans' ? told.noVisits : told.none;
  if ((said && !isTrue) || saidOther) throw new Error(`Seed ${seed}, case ${index}: a false none (${one.says})`);
  if (isTrue && !said && !isLinkDamaged(one.body, nhsNumber))
    throw new Error(`Seed ${seed}, case ${index}: a true none that is not said (${one.says})`);
  count(totals, one.kind);
  count(totals, 'kept on its way', kept ? 1 : 0);
  count(totals, 'no true none', isTrue ? 0 : 1);
  count(totals, 'true none, said', isTrue && said ? 1 : 0);
  count(totals, 'true none, not said for its damaged link', isTrue && !said ? 1 : 0);
}

function count(totals: Totals, what: string, by = 1): void {
  totals[what] = (totals[what] ?? 0) + by;
}
