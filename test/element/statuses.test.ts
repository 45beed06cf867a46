import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, none, nhsNumber, otherNumber, planCodes } from '../fixtures/bundles.js';
import { answered, mount, textOf, unmountAll } from '../support/page/banner.js';
import { find, pressAll, rootOf } from '../support/page/page.js';
import { ScriptedRegister, type Scripts } from '../support/page/scripted-register.js';

const today = new Date().toISOString().slice(0, 10);
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function open(scripts: Scripts, properties: Partial<CpIsBanner> = {}): Promise<CpIsBanner> {
  return answered(mount(await ScriptedRegister.answering(scripts), properties));
}

describe('what the register answers is what the banner says', () => {
  afterEach(unmountAll);

  const noAccesses = { body: accesses([]) };
  const rows: readonly {
    name: string;
    body: unknown;
    status: string;
    says: readonly string[];
    properties?: Partial<CpIsBanner>;
    /** The text behind the Details button. */
    details?: readonly string[];
  }[] = [
    {
      name: 'a child protection plan',
      body: held(),
      status: 'current',
      says: ['Child protection plan', 'since 26-Sep-2025 · Islington'],
    },
    {
      name: 'looked after',
      body: held({ code: planCodes['looked-after'], name: 'LONDON BOROUGH OF HACKNEY' }),
      status: 'current',
      says: [
        'Looked after',
        'Hackney',
        'CP-IS does not show who can consent. If the patient can’t, ask Hackney. Don’t delay urgent treatment.',
      ],
    },
    {
      name: 'an unborn plan, on the mother’s record',
      body: held({ code: planCodes.unborn }),
      status: 'current',
      says: [
        'Unborn baby: child protection plan',
        'The plan is the unborn baby’s; CP-IS holds it here, on the mother’s record. Mother under 18? Consider her safety too.',
      ],
    },
    {
      name: 'an unborn plan in maternity: what to do after birth',
      body: held({ code: planCodes.unborn }),
      properties: { careSetting: 'maternity-unit' },
      status: 'current',
      says: ['After birth: give Islington the baby’s NHS number.'],
    },
    {
      name: 'a patient’s own plan and an unborn baby’s, never merged',
      body: held({}, { code: planCodes.unborn }),
      status: 'current',
      says: ['Child protection plan. Unborn baby also has one.'],
      details: [
        'Patient Child protection plan Since 26-Sep-2025',
        'Unborn baby Child protection plan Since 26-Sep-2025',
      ],
    },
    {
      name: 'an unknown kind of plan, with its code',
      body: held({ code: '12345' }),
      status: 'current',
      says: ['CP-IS record held. Plan type not recognised.', 'code 12345 · since 26-Sep-2025'],
      details: ['Plan type not recognised (code 12345)'],
    },
    {
      name: 'a plan through its last day',
      body: held({ end: today }),
      status: 'current',
      says: ['Child protection plan'],
    },
    {
      name: 'a plan that has not started',
      body: held({ start: inDays(9) }),
      status: 'current',
      says: ['Child protection plan starts'],
    },
    {
      name: 'a plan that has ended',
      body: held({ end: '2026-03-14' }),
      status: 'ended',
      says: [
        'Child protection plan ended 14-Mar-2026',
        'May have no social worker now.',
        '020 7946 0199',
        '020 7946 0123',
      ],
    },
    {
      name: 'a care leaver',
      body: held({ code: planCodes['looked-after'], end: '2026-01-12' }),
      status: 'ended',
      says: ['Looked after until 12-Jan-2026', 'May have no social worker or personal adviser now.'],
    },
    {
      name: 'no record',
      body: none(),
      status: 'none',
      says: [
        'No CP-IS record for this NHS number. This does not rule out a concern: CP-IS shows only current and recent plans and looked-after children, England only.',
      ],
    },
    {
      name: 'no record on a paediatric ward',
      body: none(),
      properties: { careSetting: 'paediatric-ward' },
      status: 'none',
      says: [
        'Newborn? A plan may be on the mother’s record. Check hers only if she is being seen here now; if not and concerned, ask social care.',
      ],
    },
  ];

  for (const { name, body, status, says, properties, details = [] } of rows)
    it(name, async () => {
      const banner = await open({ CareTeam: { body }, AuditEvent: noAccesses }, properties);
      expect(banner.status).to.equal(status);
      expect(banner.getAttribute('status')).to.equal(status);
      for (const sentence of says) expect(textOf(banner)).to.contain(sentence);
      await pressAll(banner, /^Details$/);
      for (const row of details) expect(textOf(banner, '.more [part=plans]')).to.contain(row);
    });

  describe('an answer from a cache', () => {
    const headers = { Age: '86400' };

    for (const [setting, says] of [
      ['emergency-department', 'Concerned? Ring before the patient leaves.'],
      ['nhs-111', 'Concerned? Tell your clinician before the call ends.'],
      ['general-practice', 'this check sent no alert.'],
    ] as const)
      it(`a record: shown as possibly old, without any mention of an alert (${setting})`, async () => {
        const CareTeam = { body: held(), headers };
        const banner = await open({ CareTeam, AuditEvent: noAccesses }, { careSetting: setting });
        expect(banner.answer).to.include({ status: 'current', kept: true });
        expect(textOf(banner)).to.contain('This answer may be old. Don’t rely on an alert.').and.to.contain(says);
        expect(textOf(banner)).not.to.contain('CP-IS alerts');
        expect(banner.shadowRoot?.querySelector('[aria-live=assertive]')?.textContent ?? '').to.satisfy(
          (spoken: string) => spoken === '' || spoken.includes('may be old'),
        );
      });

    it('only ended plans: not checked, with the plans', async () => {
      const banner = await open({ CareTeam: { body: held({ end: '2026-03-14' }), headers }, AuditEvent: noAccesses });
      expect([banner.status, banner.reason]).to.deep.equal(['not-checked', 'unreadable']);
      expect(textOf(banner)).to.contain('Ended 14-Mar-2026');
    });

    it('none: not checked', async () => {
      const banner = await open({ CareTeam: { body: none(), headers } });
      expect([banner.status, banner.reason]).to.deep.equal(['not-checked', 'unreadable']);
      expect(textOf(banner)).not.to.contain('No CP-IS record');
    });
  });

  it('two authorities and three plans: all are shown, each number beside its own authority', async () => {
    const banner = await open({
      CareTeam: {
        body: held(
          { name: 'Islington Local Authority', office: '02079460199', emergency: '02079460123' },
          {
            code: planCodes['looked-after'],
            name: 'SFD1 - SHEFFIELD CITY COUNCIL',
            office: '01134960188',
            emergency: '01134960456',
          },
          {
            code: planCodes['looked-after'],
            name: 'Islington Local Authority',
            start: '2024-01-01',
            end: '2026-01-12',
            office: '02079460199',
            emergency: '02079460123',
          },
        ),
      },
      AuditEvent: noAccesses,
    });
    expect(textOf(banner, 'h2')).to.equal('Child protection plan and looked after');
    await pressAll(banner, /^Details$/);
    const plans = textOf(banner, '[part=plans]');
    expect(plans).to.contain('Since 26-Sep-2025 · Islington');
    expect(plans).to.contain('· Sheffield');
    expect(plans).to.contain('Ended 12-Jan-2026: looked after · Islington');

    const boxes = [...rootOf(banner).querySelectorAll('.ring')].map((box) => ({
      authority: box.querySelector('.who strong')?.textContent,
      rings: [...box.querySelectorAll('a')].map(({ href }) => href).sort(),
    }));
    expect(boxes).to.deep.equal([
      { authority: 'Islington', rings: ['tel:02079460123', 'tel:02079460199'] },
      { authority: 'Sheffield', rings: ['tel:01134960188', 'tel:01134960456'] },
    ]);
    expect(rootOf(banner).querySelectorAll('[part=contacts] a'), 'no number stands elsewhere').to.have.lengthOf(4);
  });

  it('an answer with a fault in it shows what was read and says that it was incomplete', async () => {
    const body = { ...held(), total: 2 };
    const banner = await open({ CareTeam: { body }, AuditEvent: noAccesses });
    expect(banner.status).to.equal('current');
    expect(textOf(banner)).to.contain('The answer was incomplete. There may be more.');
  });

  it('an incomplete answer with only ended plans is not checked, and shows them', async () => {
    const body = { ...held({ end: '2026-03-14' }), total: 2 };
    const banner = await open({ CareTeam: { body }, AuditEvent: noAccesses });
    expect([banner.status, banner.reason]).to.deep.equal(['not-checked', 'unreadable']);
    expect(textOf(banner)).to.contain('CP-IS not checked: status unknown');
    expect(textOf(banner)).to.contain('Ended 14-Mar-2026: child protection plan · Islington');
    expect(textOf(banner)).to.contain('020 7946 0123');
  });

  it('what is missing is said to be missing, never left blank', async () => {
    const bare = held();
    const [entry] = bare['entry'] as { resource: Record<string, unknown> }[];
    delete entry!.resource['name'];
    delete entry!.resource['period'];
    entry!.resource['telecom'] = [];
    const banner = await open({ CareTeam: { body: bare }, AuditEvent: noAccesses });
    expect(banner.status).to.equal('current');
    expect(textOf(banner, '[part=heading]')).to.contain('since: not recorded · Local authority not recorded');
    expect(textOf(banner, '[part=contacts]')).to.equal(
      'CP-IS gives no authority or number. Concerned? Refer as usual, where the patient lives.',
    );
  });

  it('the office number is missing: the emergency duty number is the one to ring, at any hour', async () => {
    const bare = held();
    const [entry] = bare['entry'] as { resource: { telecom: unknown[] } }[];
    entry!.resource.telecom.shift();
    const banner = await open(
      { CareTeam: { body: bare }, AuditEvent: noAccesses },
      { officeHours: 'Mon-Sun 00:00-24:00' },
    );
    expect(textOf(banner, '[part=contacts] h3')).to.equal(
      'If concerned, ring Islington emergency duty team (may not answer in office hours)',
    );
    expect(textOf(banner, '.number')).to.contain('020 7946 0123');
    expect(textOf(banner, '.others')).to.equal('No office number in CP-IS.');
  });

  it('home, out of area and not recognised', async () => {
    const scripts = {
      CareTeam: { body: held({}, { name: 'HACKNEY' }, { name: 'Narnia Council' }) },
      AuditEvent: noAccesses,
    };
    const silent = await open(scripts);
    expect(silent.shadowRoot?.querySelectorAll('.tag')).to.have.lengthOf(0);
    const banner = await open(scripts, { homeAuthorities: 'Islington; E09000003' });
    await pressAll(banner, /^Details$/);
    for (const part of ['[part=contacts]', '[part=plans]']) {
      expect(textOf(banner, part))
        .to.match(/Hackney(, \w[a-z ]*)? Out of area/)
        .and.to.match(/Narnia Council(, \w[a-z ]*)? Authority’s name not recognised/);
      expect(textOf(banner, part)).not.to.match(/Islington(, \w[a-z ]*)? (Out of area|Authority)/);
    }
  });
});

describe('a clock that is wrong', () => {
  afterEach(unmountAll);

  const warning = 'This computer’s clock and CP-IS’s differ. Check the time before you choose a number.';
  const headers = { Date: new Date(Date.now() - 600_000).toUTCString() };
  const tenMinutesAhead = (body: unknown): Promise<CpIsBanner> =>
    open({ CareTeam: { body, headers }, AuditEvent: { body: accesses([]) } });

  it('is said beside the numbers', async () => {
    const banner = await tenMinutesAhead(held());
    expect(textOf(banner, '[part=contacts]')).to.contain(warning);
  });

  it('is said with "no record" too, below it', async () => {
    const banner = await tenMinutesAhead(none());
    expect(textOf(banner)).to.match(new RegExp(`${warning}$`));
    expect(find(banner, 'p.below').innerText).to.equal(warning);
  });
});

describe('the structured answer', () => {
  afterEach(unmountAll);

  it('has the number it is for, its plans, and when the register answered', async () => {
    const banner = await open({ CareTeam: { body: held() }, AuditEvent: { body: accesses([]) } });
    const { answer } = banner;
    expect(answer?.status).to.equal('current');
    if (answer?.status !== 'current') throw new Error();
    expect(answer.nhsNumber).to.equal(nhsNumber);
    expect(answer.plans[0]).to.include({
      kind: 'child-protection',
      start: '2025-09-26',
      authority: 'Islington Local Authority',
    });
    expect(answer.checkedAt).to.be.closeTo(Date.now(), 60_000);
  });

  it('an answer for another number does not count, and nothing of it is shown', async () => {
    const banner = await open({ CareTeam: { body: held({ number: otherNumber, name: 'Hackney' }) } });
    expect([banner.status, banner.reason]).to.deep.equal(['not-checked', 'wrong-patient']);
    expect(JSON.stringify(banner.answer)).not.to.contain(otherNumber).and.not.to.contain('Hackney');
    expect(textOf(banner)).to.contain(
      'The answer was for another NHS number. Nothing shown. Report it now: IT and the safeguarding team.',
    );
    expect(textOf(banner)).not.to.contain('Hackney');
  });
});
