import { serve } from '@hono/node-server';
import { expect } from 'chai';
import type { AddressInfo } from 'node:net';
import { get, type IncomingMessage } from 'node:http';
import { planTypes, type Register } from '../../demo/register/index.js';
import * as t from './support.js';

const threePlans = '9995124467';
const onePlanNeverSeen = '9996878082';
const noRecord = '9992811528';

describe('The sandbox register answers', () => {
  let register: Register;
  beforeEach(async () => {
    register = await t.freshRegister();
  });

  it('one CareTeam for one plan, as NHS England’s example has it', async () => {
    const bundle = await t.readCareTeams(register, onePlanNeverSeen);
    const resource = t.sole(bundle, 'CareTeam');
    expect(bundle).to.include({ resourceType: 'Bundle', type: 'searchset', total: 1 });
    const fullUrl = `http://localhost${t.base}/CareTeam/${resource.id}`;
    expect(bundle.entry).to.deep.equal([{ fullUrl, resource, search: { mode: 'match' } }]);
    expect(resource).to.deep.equal({
      resourceType: 'CareTeam',
      id: resource.id,
      category: [
        {
          coding: [
            { system: 'http://snomed.info/sct', code: '342191000000101', display: 'Subject to child protection plan' },
          ],
        },
      ],
      name: 'Islington Local Authority',
      subject: { identifier: { system: t.nhsNumberSystem, value: onePlanNeverSeen }, display: 'Oliver BENNETT' },
      period: { start: '2026-09-08' },
      telecom: [
        { system: 'phone', value: '02079460199', use: 'work' },
        { system: 'phone', value: '02079460123', use: 'mobile' },
      ],
    });
  });

  it('several plans at several authorities, each with its own numbers', async () => {
    const plans = t.resources(await t.readCareTeams(register, threePlans), 'CareTeam');
    expect(plans.map((plan) => [plan.name, plan.period, plan.telecom[1]?.value])).to.deep.equal([
      ['Islington Local Authority', { start: '2024-12-22', end: '2026-01-12' }, '02079460123'],
      ['Islington Local Authority', { start: '2025-09-26' }, '02079460123'],
      ['LONDON BOROUGH OF HACKNEY', { start: '2026-02-03' }, '020 7946 0456'],
    ]);
  });

  it('a missing office-hours number by leaving it out', async () => {
    const plan = t.sole(await t.readCareTeams(register, '9994336649'), 'CareTeam');
    expect(plan.telecom).to.deep.equal([{ system: 'phone', value: '07700900345', use: 'mobile' }]);
  });

  it('an authority that gave no number at all, without telecom', async () => {
    const plan = {
      nhsNumber: '9990000018',
      typeCode: '1',
      typeDisplay: 'x',
      localAuthority: 'LA',
      startDate: '2026-01-01',
    };
    const records = { ...t.bareRecords, localAuthorities: [{ code: 'LA', name: 'Leeds' }], plans: [plan] };
    const bare = await t.freshRegister({ records });
    expect(t.sole(await t.readCareTeams(bare, plan.nhsNumber), 'CareTeam')).not.to.have.property('telecom');
  });

  it('nothing found with total 0 and no entry', async () => {
    const asked = { token: 'demo-gp', unscheduled: false };
    for (const bundle of [
      await t.readCareTeams(register, noRecord, asked),
      await t.readHistory(register, noRecord, asked),
    ]) {
      expect(bundle).to.include({ resourceType: 'Bundle', type: 'searchset', total: 0 });
      expect(bundle).not.to.have.property('entry');
    }
  });

  it('with a self link that names the number that was asked about', async () => {
    const { careTeams, visits } = await t.openPatient(register, noRecord);
    const self = (type: string) => [
      {
        relation: 'self',
        url: `http://localhost${t.base}/${type}?patient:identifier=${t.nhsNumberSystem}|${noRecord}`,
      },
    ];
    expect(careTeams.link).to.deep.equal(self('CareTeam'));
    expect(visits.link).to.deep.equal(self('AuditEvent'));
  });

  it('the same to a percent-encoded search', async () => {
    const query = `${encodeURIComponent('patient:identifier')}=${encodeURIComponent(`${t.nhsNumberSystem}|${threePlans}`)}`;
    const response = await register.app.request(`${t.base}/CareTeam?${query}`, { headers: t.headersOf() });
    expect((await t.bundleOf(response)).total).to.equal(3);
  });

  it('who looked, where and when, as NHS England’s example has it', async () => {
    const bundle = await t.readHistory(register, onePlanNeverSeen);
    const event = t.sole(bundle, 'AuditEvent');
    const role = t.sole(bundle, 'PractitionerRole');
    const viewer = { reference: `PractitionerRole/${role.id}` };
    const roleClass = (code: string, display: string) => ({
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass', code, display }],
    });
    expect(event).to.deep.equal({
      resourceType: 'AuditEvent',
      id: event.id,
      type: {
        system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle',
        display: 'Access/View Record Lifecycle Event',
      },
      recorded: '2026-11-22T21:42:00+00:00',
      agent: [
        {
          type: roleClass('PAT', 'patient'),
          who: { identifier: { system: t.nhsNumberSystem, value: onePlanNeverSeen } },
          requestor: false,
        },
        { type: roleClass('ASSIGNED', 'assigned entity'), who: viewer, requestor: true },
      ],
      source: { observer: viewer },
    });
    expect(role).to.deep.include({
      practitioner: { display: 'Ms Hannah LEWIS' },
      organization: { display: 'Whittington Hospital, emergency department' },
      code: [{ coding: [{ system: 'http://snomed.info/sct', code: '158994007', display: 'Staff nurse' }] }],
    });
    expect(bundle.entry?.map((entry) => entry.search.mode)).to.deep.equal(['match', 'include']);
  });

  it('every viewer of the history once, while only accesses count', async () => {
    const bundle = await t.readHistory(register, threePlans);
    const events = t.resources(bundle, 'AuditEvent');
    const roles = t.resources(bundle, 'PractitionerRole').map((role) => `PractitionerRole/${role.id}`);
    expect(bundle.total).to.equal(14).and.equal(events.length);
    expect(new Set(roles).size).to.equal(roles.length);
    expect(new Set(events.map((event) => event.agent[1]?.who.reference))).to.deep.equal(new Set(roles));
  });

  it('a team line under its own name, its role without a code', async () => {
    const role = t.sole(await t.readHistory(register, noRecord, { token: 'demo-111' }), 'PractitionerRole');
    expect([role.practitioner.display, role.organization.display]).to.deep.equal(['Duty team', 'NHS 111 London']);
    expect(role.code).to.deep.equal([{ coding: [{ display: 'Health adviser' }] }]);
  });

  it('what it can do, even without a token', async () => {
    const statement: unknown = await (await register.app.request(`${t.base}/metadata`)).json();
    expect(statement).to.include({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', kind: 'instance' });
    expect(statement).to.have.nested.property('rest[0].resource[0].type', 'CareTeam');
    expect(statement).to.have.nested.property('rest[0].resource[1].type', 'AuditEvent');
  });

  it('over real HTTP, with the register’s own clock in the Date header', async () => {
    clockTo('2026-03-29T01:30:00Z');
    const server = serve({ fetch: register.app.fetch, port: 0, hostname: '127.0.0.1' });
    try {
      await new Promise((listening) => server.once('listening', listening));
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const response = await fetch(origin + t.careTeamPath(threePlans), { headers: t.headersOf() });
      expect(response.headers.get('date')).to.equal('Sun, 29 Mar 2026 01:30:00 GMT');
      const bundle = await t.bundleOf(response);
      expect(bundle.link[0]?.url).to.equal(`${origin}${t.careTeamPath(threePlans)}`);
      const refused = await new Promise<IncomingMessage>((answered) => get(`${origin}${t.base}/CareTeam`, answered));
      refused.resume();
      expect([refused.statusCode, refused.headers.date]).to.deep.equal([401, 'Sun, 29 Mar 2026 01:30:00 GMT']);
    } finally {
      server.close();
    }
  });
});

describe('An ended plan is returned for 12 calendar months (PG9), by the London day', () => {
  const child = '9990000018';
  const ended = (endDate: string, type: { code: string; display: string } = planTypes.childProtection) => ({
    ...t.bareRecords,
    plans: [
      {
        nhsNumber: child,
        typeCode: type.code,
        typeDisplay: type.display,
        localAuthority: 'LA',
        startDate: '2020-01-01',
        endDate,
      },
    ],
  });
  const totalAt = async (register: Register, instant: string): Promise<number> => {
    clockTo(instant);
    return (await t.readCareTeams(register, child)).total;
  };

  const cases: [endDate: string, instant: string, total: number, why: string][] = [
    ['2025-11-22', '2026-11-22T12:00:00Z', 1, 'exactly 12 months is not more than 12 months'],
    ['2025-11-21', '2026-11-22T12:00:00Z', 0, 'a day more'],
    ['2025-11-21', '2026-11-21T23:59:59Z', 1, 'the last second of the last day, in winter'],
    ['2025-11-21', '2026-11-22T00:00:00Z', 0, 'midnight, in winter'],
    ['2025-06-30', '2026-06-30T22:59:59Z', 1, 'the last second of the last day, in summer'],
    ['2025-06-30', '2026-06-30T23:00:00Z', 0, 'midnight in London, an hour before UTC’s'],
    ['2024-02-29', '2025-02-28T12:00:00Z', 1, '29 February: 28 February is the last day'],
    ['2024-02-29', '2025-03-01T00:00:00Z', 0, '29 February: 1 March is too late'],
    ['2023-02-28', '2024-02-28T12:00:00Z', 1, '28 February before a leap year'],
    ['2023-02-28', '2024-02-29T12:00:00Z', 0, 'the leap day itself is too late'],
    ['2027-01-01', '2026-11-22T12:00:00Z', 1, 'an end that is still to come'],
  ];
  for (const [endDate, instant, total, why] of cases) {
    it(`ended ${endDate}, asked ${instant}: ${total} (${why})`, async () => {
      expect(await totalAt(await t.freshRegister({ records: ended(endDate) }), instant)).to.equal(total);
    });
  }

  it('or as long as the window of its type is set to', async () => {
    const windows = { byType: { [planTypes.unborn.code]: { months: 1 } }, otherwise: { months: 2 } };
    const unborn = await t.freshRegister({ records: ended('2026-09-30', planTypes.unborn), windows });
    expect(await totalAt(unborn, '2026-10-30T12:00:00Z')).to.equal(1);
    expect(await totalAt(unborn, '2026-10-31T12:00:00Z')).to.equal(0);
    const unknown = await t.freshRegister({ records: ended('2026-09-30', { code: '1', display: '?' }), windows });
    expect(await totalAt(unknown, '2026-11-30T12:00:00Z')).to.equal(1);
    expect(await totalAt(unknown, '2026-12-01T12:00:00Z')).to.equal(0);
  });
});

const clockTo = (instant: string) => {
  t.clock.now = Date.parse(instant);
};
