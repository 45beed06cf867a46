import { expect } from 'chai';

import { isKept } from '../../src/register/kept.js';
import { accesses, careTeam, held, none, searchSet } from '../fixtures/bundles.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';
import { inWords, newsOf } from './checks.js';

const noon = Date.parse('2026-11-27T12:00:00Z');
let sites = 0;
/** An address about which nothing is known yet. */
const newSite = (): string =>
  `https://register-${++sites}.example/FHIR/R4/CareTeam?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|1`;

/** Date, in seconds after noon, and the seconds that have passed on this page when it arrives. */
type Response = readonly [date: number | undefined, elapsed: number];

describe('an answer from a cache is distinguished from a current one', () => {
  const bySign: readonly [headers: Record<string, string>, kept: boolean][] = [
    [{}, false],
    [{ Age: '0' }, false],
    [{ Age: '1' }, true],
    [{ Age: '172800' }, true],
    [{ Age: '0, 5' }, true],
    [{ Age: ' 7 ' }, true],
    [{ Age: '-1' }, false],
    [{ Age: 'old' }, false],
    [{ Warning: '110 - "Response is Stale"' }, true],
    [{ Warning: '111 cache "Revalidation Failed"' }, true],
    [{ Warning: '199 - "odd", 110 - "Response is Stale"' }, true],
    [{ Warning: '199 - "110 miles"' }, false],
    [{ Warning: '214 - "Transformation Applied"' }, false],
    [{ 'Cache-Control': 'max-age=600' }, false],
  ];
  for (const [headers, kept] of bySign)
    it(`${JSON.stringify(headers)}: ${kept ? 'kept' : 'of now'}`, () => {
      expect(isKept(newSite(), new Headers(headers), noon, 0)).to.equal(kept);
    });

  const byDate: readonly [what: string, responses: readonly Response[], kept: readonly boolean[]][] = [
    ['the first', [[-10_800, 0]], [false]],
    [
      'each later than the one before',
      [
        [0, 0],
        [5, 5],
        [65, 65],
      ],
      [false, false, false],
    ],
    [
      'the same again, at once',
      [
        [0, 0],
        [0, 1],
      ],
      [false, false],
    ],
    [
      'the same again, a minute later',
      [
        [0, 0],
        [0, 60],
      ],
      [false, false],
    ],
    [
      'the same again, more than a minute later',
      [
        [0, 0],
        [0, 61],
      ],
      [false, true],
    ],
    [
      'one from before',
      [
        [0, 0],
        [-61, 0],
      ],
      [false, true],
    ],
    [
      'servers half a minute apart',
      [
        [0, 0],
        [-30, 1],
        [2, 2],
        [-27, 3],
      ],
      [false, false, false, false],
    ],
    [
      'an old one does not make the next one look new',
      [
        [0, 0],
        [-600, 1],
        [2, 2],
        [-58, 3],
      ],
      [false, true, false, true],
    ],
    [
      'no date: nothing is known',
      [
        [0, 0],
        [undefined, 600],
      ],
      [false, false],
    ],
    [
      'a register whose clock is put forward',
      [
        [0, 0],
        [3600, 1],
        [1, 2],
      ],
      [false, false, true],
    ],
  ];
  for (const [what, responses, kept] of byDate)
    it(`by its Date: ${what}`, () => {
      const site = newSite();
      const said = responses.map(([date, elapsed]) =>
        isKept(site, new Headers(), date === undefined ? undefined : noon + date * 1000, elapsed * 1000),
      );
      expect(said).to.deep.equal(kept);
    });

  it('both resources of one register share its clock', () => {
    const plans = newSite();
    expect(isKept(plans, new Headers(), noon, 0)).to.equal(false);
    expect(isKept(plans.replace('CareTeam', 'AuditEvent'), new Headers(), noon - 3_600_000, 1)).to.equal(true);
    expect(isKept(newSite(), new Headers(), noon - 3_600_000, 1)).to.equal(false);
  });
});

describe('a check with an answer from a cache', () => {
  const headers = { Age: '172800' };

  it('none: unreadable', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none(), headers } });
    expect(inWords(await newsOf(register))).to.deep.equal(['unreadable']);
  });

  it('a record: told, and that it was kept', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held(), headers },
      AuditEvent: { body: accesses([]) },
    });
    const [reply] = await newsOf(register);
    expect(reply?.kind === 'reply' && reply.reply).to.include({ kind: 'held', kept: true });
  });

  it('the visits: told, and that there may be more', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([{ at: '2026-01-01T10:00:00Z' }]), headers },
    });
    const [reply, visits] = await newsOf(register);
    expect(reply?.kind === 'reply' && 'kept' in reply.reply).to.equal(false);
    expect(visits?.kind === 'visits' && visits.visits).to.include({ kind: 'shown', incomplete: true });
  });

  const at = (moment: number): Record<string, string> => ({ Date: new Date(moment).toUTCString() });
  const untold = { Date: 'soon' };
  const minutes = 60_000;
  for (const [what, plans, visits, respondedAt] of [
    ['the visits: counted from this computer’s time', untold, { ...headers, ...at(noon - 180 * minutes) }, noon],
    [
      'the visits: counted from the register’s time, as the plans told it',
      at(noon - 400 * minutes),
      { ...headers, ...at(noon - 580 * minutes) },
      noon - 400 * minutes,
    ],
    ['visits without a time: counted likewise', at(noon - 400 * minutes), untold, noon - 400 * minutes],
    ['a record, and visits without a time: this computer’s', { ...headers, ...at(noon - 180 * minutes) }, untold, noon],
  ] as const)
    it(what, async () => {
      const register = await ScriptedRegister.answering({
        CareTeam: { body: held(), headers: plans },
        AuditEvent: { body: accesses([{ at: '2026-01-01T10:00:00Z' }]), headers: visits },
      });
      const [, news] = await newsOf(register, { now: noon });
      expect(news?.kind === 'visits' && news.visits).to.include({ kind: 'shown', respondedAt });
    });

  it('a number is in use or not by today’s date here, not by the date of the cached answer', async () => {
    const plan = {
      ...careTeam(),
      telecom: [{ system: 'phone', use: 'work', value: '01632960111', period: { end: '2026-11-20' } }],
    };
    const register = await ScriptedRegister.answering({
      CareTeam: { body: searchSet('CareTeam', [plan]), headers: { ...headers, ...at(noon - 30 * 24 * 60 * minutes) } },
      AuditEvent: { body: accesses([]) },
    });
    const [news] = await newsOf(register, { now: noon });
    expect(news?.kind === 'reply' && news.reply.kind === 'held' && news.reply.plans[0]?.officePhone).to.equal(
      undefined,
    );
  });
});
