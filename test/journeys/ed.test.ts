import { expect } from 'chai';

import { people } from '../../demo/shared/people.js';
import {
  accessRows,
  backToBoard,
  openBoard,
  openPatient,
  readBanner,
  setStage,
  type Read,
  type Stage,
} from './support.js';
import { needing } from '../support/node/needing.js';
import { setUp } from '../support/node/setting-up.js';

const day = '\\d\\d-[A-Z][a-z]{2}-\\d{4}';
const none =
  'No CP-IS record for this NHS number. This does not rule out a concern: CP-IS shows only current and recent plans and looked-after children, England only. Concerned? Refer as usual. Newborn? A plan may be on the mother’s record. Check hers only if she is being seen here now; if not and concerned, ask social care.';
/**
 * An authority's numbers, with the one to ring now first. With several authorities, the office's is beside the name.
 */
const of = (authority: string, emergencyDuty: string, office: string): readonly string[] => [
  `${authority} emergency duty team ${emergencyDuty}`,
  `${authority} office ${office}`,
];
const islington = of('Islington', '020 7946 0123', '020 7946 0199');
const camden = of('Camden', '020 7946 0722', '020 7946 0711');
const hackney = of('Hackney', '020 7946 0456', '020 7946 0188');
const surrey = of('Surrey', '01632 960322', '01632 960311');
const bournemouth = of('Bournemouth, Christchurch and Poole', '01632 960777', '01632 960210');
const offices = (...numbers: readonly (readonly string[])[]): readonly string[] =>
  numbers.flatMap((each) => [...each].reverse());
const viewed = (times: number, services: number): string =>
  `at ${services} ${services === 1 ? 'service' : 'services'} · CP-IS viewed ${times === 1 ? 'once' : `${times} times`}`;
const notViewed = 'No earlier visits in CP-IS.';

/** What a clinician must read on the Sunday evening of the design, for each invented patient, by NHS number. */
const expected: Readonly<
  Record<string, readonly [status: string, heading: string, contacts: readonly string[], visits: string]>
> = {
  '9995124467': [
    'current',
    'Child protection plan and looked after',
    offices(islington, hackney),
    `About 8 earlier visits, 2 in the last 30 days ${viewed(13, 4)}`,
  ],
  '9996331520': ['current', 'Looked after', hackney, viewed(2, 2)],
  '9996878082': ['current', 'Child protection plan', islington, notViewed],
  '9992873604': ['current', 'Child protection plan', islington, viewed(1, 1)],
  '9997034880': ['current', 'Looked after', bournemouth, viewed(14, 7)],
  '9996877442': [
    'current',
    'Child protection plan and looked after',
    of('Sheffield', '0113 496 0870', '0113 496 0210'),
    'at 4 services or more · CP-IS viewed at least 24 times',
  ],
  '9998817846': ['ended', `Child protection plan ended ${day}`, camden, viewed(2, 2)],
  '9992645768': ['none', none, [], ''],
  '9992158085': ['current', `Child protection plan starts ${day}. Treat as current.`, islington, viewed(2, 1)],
  '9990633606': ['ended', `Unborn baby’s plan ended ${day}`, islington, viewed(2, 1)],
  '9997661443': ['current', 'Child protection plan', islington, viewed(1, 1)],
  '9997064968': ['current', 'Unborn baby: child protection plan', islington, viewed(3, 3)],
  '9993338249': [
    'current',
    'Unborn baby: child protection plan. Patient looked after.',
    offices(islington, hackney),
    viewed(4, 3),
  ],
  '9998791685': ['ended', `Looked after until ${day}`, islington, viewed(2, 2)],
  '9994336649': ['current', 'Child protection plan', ['Haringey emergency duty team 07700 900345'], viewed(1, 1)],
  '9997954564': [
    'current',
    'Child protection plan',
    of("Northmarch Children's Partnership", '01632 960405', '01632 960404'),
    viewed(1, 1),
  ],
  '9999814409': ['current', 'CP-IS record held. Plan type not recognised.', camden, viewed(1, 1)],
  '9999438725': ['current', 'Child protection plan', of('Manchester', '0161 496 0999', '0161 496 0150'), viewed(2, 2)],
  '9991080961': ['ended', `Looked after until ${day}`, camden, notViewed],
  '9997932803': ['none', none, [], ''],
  '9992811528': ['none', none, [], ''],
  '9997987209': ['none', none, [], ''],
  '9990184321': ['none', none, [], ''],
  '9992915846': ['none', none, [], ''],
  '9992426241': ['none', none, [], ''],
  '9997564804': ['none', none, [], ''],
  '9994716808': ['current', 'Child protection plan', islington, viewed(4, 2)],
  '9992152966': ['current', 'Unborn baby: child protection plan', hackney, viewed(2, 1)],
  '9992727047': ['none', none, [], ''],
  '9991136649': ['current', 'Child protection plan', surrey, viewed(3, 2)],
  '9996945286': ['current', 'Child protection plan', surrey, notViewed],
  '9999205763': ['current', 'Looked after', bournemouth, viewed(2, 2)],
  '9995857286': ['none', none, [], ''],
  '9992382082': ['none', none, [], ''],
};

/** The row of 9996878082, whom nobody in the register has seen before. */
const neverSeen = '2';

const sundayEvening = Date.parse('2026-11-22T21:42:00Z');

describe('an ED nurse opens every patient on the board', () => {
  let stage: Stage;
  const started = Date.now();
  setUp(async (keep) => {
    stage = await setStage(keep, () => sundayEvening + (Date.now() - started));
  });

  needing('a script before the page’s own').it(
    'reads heading, numbers and visits, and the register has one access row for each',
    async () => {
      const seeded = await accessRows(stage);
      const { page, complaints } = await openBoard(stage);
      // A worker would have its own clock. Without a worker the tag does the same in the page.
      await page.evaluateOnNewDocument('delete globalThis.Worker');
      await page.evaluateOnNewDocument(`{
      const RealDate = Date, shift = ${sundayEvening} - RealDate.now();
      Date = class extends RealDate {
        constructor(...parts) { parts.length === 0 ? super(RealDate.now() + shift) : super(...parts); }
        static now() { return RealDate.now() + shift; }
      };
    }`);
      await page.reload();
      const list = people('2026-11-22');
      expect(list.map(({ nhsNumber }) => nhsNumber).sort()).to.deep.equal(Object.keys(expected).sort());

      for (const [index, { nhsNumber }] of list.entries()) {
        const [status, heading, contacts, visits] = expected[nhsNumber]!;
        const read = await openPatient(page, String(index));
        expect(read.status, nhsNumber).to.equal(status);
        expect(read.heading, nhsNumber).to.match(new RegExp(`^${heading.replaceAll('?', '\\?')}$`));
        expect(read.contacts, nhsNumber).to.deep.equal(contacts);
        expect(read.visitsSaid, nhsNumber).to.contain(visits);
        expect(read.visits, nhsNumber).to.equal(status === 'none' ? 'none' : 'shown');
        await backToBoard(page);
      }

      const rows = (await accessRows(stage)).slice(seeded.length);
      expect(rows.map(({ nhsNumber }) => nhsNumber)).to.deep.equal(list.map(({ nhsNumber }) => nhsNumber));
      expect(new Set(rows.map(({ traceId }) => traceId)).size).to.equal(list.length);
      expect(new Set(rows.map(({ author }) => author))).to.deep.equal(new Set(['demo-ed-nurse']));
      expect(complaints).to.deep.equal([]);
      await page.close();
    },
  );

  it('a patient opened twice is one access; opened by the doctor it is another', async () => {
    const { page } = await openBoard(stage);
    const before = (await accessRows(stage)).length;
    await openPatient(page, '0');
    await backToBoard(page);
    await openPatient(page, '0');
    expect((await accessRows(stage)).length - before).to.equal(1);
    await page.$eval('cp-is-banner', (banner) => {
      Object.assign(banner, { user: 'demo-ed-doctor', accessToken: () => Promise.resolve('demo-ed-doctor') });
    });
    await readBanner(page);
    expect((await accessRows(stage)).slice(before).map(({ author }) => author)).to.deep.equal([
      'demo-ed-nurse',
      'demo-ed-doctor',
    ]);
    await page.close();
  });

  it('the doctor who reads after the nurse sees the nurse’s view, and no earlier visit', async () => {
    const { page } = await openBoard(stage);
    const before = (await accessRows(stage)).length;
    const hearsAs = async (user: string): Promise<Read> => {
      await page.$eval(
        'cp-is-banner',
        (banner, name) => {
          Object.assign(banner, {
            service: 'Whittington Hospital, emergency department',
            user: name,
            accessToken: () => Promise.resolve(name),
          });
        },
        user,
      );
      return openPatient(page, neverSeen);
    };
    const nurse = await hearsAs('demo-ed-nurse');
    expect([nurse.status, nurse.visits]).to.deep.equal(['current', 'shown']);
    expect(nurse.visitsSaid).to.contain(notViewed).and.not.to.contain('Also viewed');
    await backToBoard(page);
    // If the two views had the same time, nobody could say which is whose.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    const doctor = await hearsAs('demo-ed-doctor');
    expect(doctor.visitsSaid).to.equal(
      `${notViewed} Visits without a CP-IS view don’t show. · Also viewed here in the last 12 hours: 1 staff Details`,
    );
    expect((await accessRows(stage)).slice(before).map(({ author }) => author)).to.deep.equal([
      'demo-ed-nurse',
      'demo-ed-doctor',
    ]);
    await page.close();
  });

  it('a scheduled open is silent: the banner answers and the register has no new row', async () => {
    const { page } = await openBoard(stage);
    const before = await accessRows(stage);
    await page.$eval('cp-is-banner', (banner) => {
      Object.assign(banner, {
        careSetting: 'general-practice',
        user: 'demo-gp',
        accessToken: () => Promise.resolve('demo-gp'),
      });
    });
    for (const person of ['0', '11', '20']) {
      const read = await openPatient(page, person);
      expect(read.status).to.be.oneOf(['current', 'none']);
      await backToBoard(page);
    }
    expect(await accessRows(stage)).to.deep.equal(before);
    await page.close();
  });

  it('a silent role that makes an unscheduled read is told so, and nothing is recorded', async () => {
    const { page } = await openBoard(stage);
    const before = await accessRows(stage);
    await page.$eval('cp-is-banner', (banner) => {
      Object.assign(banner, { user: 'demo-gp', accessToken: () => Promise.resolve('demo-gp') });
    });
    const read = await openPatient(page, '0');
    expect([read.status, await page.$eval('cp-is-banner', (banner) => banner.getAttribute('reason'))]).to.deep.equal([
      'not-checked',
      'access-denied',
    ]);
    expect(await accessRows(stage)).to.deep.equal(before);
    await page.close();
  });

  const notAsked = { 'no-number': 'nhs-number-missing', 'not-traced': 'nhs-number-unverified' };
  for (const [person, reason] of Object.entries(notAsked))
    needing('requests').it(`${person}: not checked, and no request leaves`, async () => {
      const { page } = await openBoard(stage);
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await openPatient(page, person);
      expect(await page.$eval('cp-is-banner', (banner) => banner.getAttribute('reason'))).to.equal(reason);
      expect(requests.filter((url) => url.includes('/cpis/'))).to.deep.equal([]);
      await page.close();
    });
});
