import { expect } from 'chai';

import { parseAuditEvents, type AccessesRead } from '../../src/register/parse-audit-event.js';
import { parseCareTeams } from '../../src/register/parse-care-team.js';
import { parsePatientFlags } from '../../src/register/parse-patient-flags.js';
import {
  accesses,
  flagBundle,
  flagged,
  held,
  nhsNumber,
  nhsNumberSystem,
  none,
  searchSet,
} from '../fixtures/bundles.js';
import { auditEvents, bundles, careTeams, flags, nhsEngland, operationOutcomes } from '../fixtures/fhir-examples.js';

type Resource = Readonly<Record<string, unknown>>;
const wire = (body: unknown): unknown => JSON.parse(JSON.stringify(body));

/** What the three routes read from a body, in a word or two each. */
function said(body: unknown): { teams: string; flags: string; history: string } {
  const plansOf = (read: ReturnType<typeof parseCareTeams>): string =>
    read.kind === 'held' ? `held ${read.plans.length}${read.incomplete ? ', incomplete' : ''}` : read.kind;
  const history = parseAuditEvents(wire(body), nhsNumber);
  return {
    teams: plansOf(parseCareTeams(wire(body), nhsNumber)),
    flags: plansOf(parsePatientFlags(wire(body), nhsNumber)),
    history:
      history === undefined || history === 'wrong-patient'
        ? (history ?? 'failed')
        : `${history.accesses.length}${history.incomplete ? ', incomplete' : ''}`,
  };
}

const failed = { teams: 'failed', flags: 'failed', history: 'failed' };
const examples = [...careTeams, ...auditEvents, ...flags, ...operationOutcomes, ...bundles];
const beside = (body: Resource, resource: Resource, mode?: string): Resource => {
  const entry = (body['entry'] ?? []) as readonly unknown[];
  return { ...body, entry: [...entry, { resource, ...(mode !== undefined && { search: { mode } }) }] };
};
const ours = { identifier: { system: nhsNumberSystem, value: nhsNumber } };
const patient = { type: { coding: [{ code: 'PAT' }] }, who: ours };

describe('FHIR R4’s own examples', () => {
  for (const [name, resource] of examples) {
    const type = String(resource['resourceType']);
    it(`${type}, ${name}: as a body it says nothing of this patient`, () => {
      expect(said(resource)).to.deep.equal(failed);
    });

    for (const mode of ['match', 'include', 'outcome', undefined])
      it(`${type}, ${name}: alone, as ${mode ?? 'an entry without a mode'}, it is not a “none”`, () => {
        expect(said(beside(none(), resource, mode))).to.deep.equal(failed);
        expect(said(beside(searchSet('AuditEvent', []), resource, mode))).to.deep.equal(failed);
      });

    it(`${type}, ${name}: beside a record it hides nothing`, () => {
      const { teams } = said(beside(held(), resource, 'match'));
      expect(teams).to.equal('held 1, incomplete');
      expect(said(beside(held(), resource, 'include')).teams).to.equal(
        type === 'OperationOutcome' ? 'held 1, incomplete' : type === 'CareTeam' ? 'held 1, incomplete' : 'held 1',
      );
      expect(said(beside(flagBundle(...flagged()), resource, 'match')).flags).to.match(/^held 1/);
      expect(said(beside(accesses([{ at: '2026-01-01T10:00:00Z' }]), resource, 'match')).history).to.match(/^1/);
    });
  }

  for (const [name, team] of careTeams)
    it(`CareTeam, ${name}: of this patient it is listed, as a plan of a type that is not recognised`, () => {
      const read = parseCareTeams(wire(searchSet('CareTeam', [{ ...team, subject: ours }])), nhsNumber);
      expect(read).to.deep.include({ kind: 'held', incomplete: false });
      expect(read.kind === 'held' && read.plans[0]).to.include({
        kind: 'unrecognised',
        code: 'LA27976-2',
        end: '2013-01-01',
        authority: 'Team of the inpatient stay',
      });
    });

  for (const [name, event] of auditEvents)
    it(`AuditEvent, ${name}: of this patient it is listed, whatever its outcome`, () => {
      const agent = [patient, ...(event['agent'] as readonly unknown[])];
      const read = parseAuditEvents(wire(searchSet('AuditEvent', [{ ...event, agent }])), nhsNumber);
      expect(read).to.be.an('object');
      expect((read as AccessesRead).accesses.map(({ at }) => new Date(at).toISOString())).to.deep.equal([
        '2012-10-25T11:04:27.000Z',
      ]);
    });

  for (const [name, flag] of flags)
    it(`Flag, ${name}: no plan, beside a flag of CP-IS`, () => {
      const body = flagBundle(...flagged(), flag);
      expect(said(body).flags).to.match(/^held 1/);
    });
});

describe('NHS England’s examples', () => {
  it('a record', () => {
    expect(parseCareTeams(wire(nhsEngland.careTeam), nhsNumber)).to.deep.equal({
      kind: 'held',
      plans: [
        {
          kind: 'child-protection',
          code: undefined,
          start: '2022-09-26',
          end: '2023-09-26',
          authority: 'Islington Local Authority',
          officePhone: '0207946019',
          emergencyPhone: '0770090012',
        },
      ],
      incomplete: false,
    });
  });

  it('no results', () => {
    expect(said(nhsEngland.noResults)).to.deep.include({ teams: 'none', flags: 'none' });
  });

  it('an access, whose type has no code', () => {
    expect(parseAuditEvents(wire(nhsEngland.auditEvent), nhsNumber)).to.deep.equal({
      accesses: [
        {
          at: Date.parse('2023-09-07T17:36:41Z'),
          viewer: 'Ms Nora NURSE',
          role: 'Midwifery sister',
          place: 'THE WHITTINGTON HOSPITAL NHS TRUST - COMM. PAED. MEDICAL TEAM (RKEAA)',
        },
      ],
      incomplete: false,
    });
  });

  it('a flag, its plan and its team, with a Provenance within', () => {
    const read = parsePatientFlags(wire(nhsEngland.patientFlag), nhsNumber);
    expect(read).to.deep.include({ kind: 'held', incomplete: false });
    expect(read.kind === 'held' && read.plans).to.deep.equal([
      {
        kind: 'child-protection',
        code: undefined,
        start: '2024-07-22',
        end: undefined,
        authority: 'SFD1 - SHEFFIELD CITY COUNCIL',
        officePhone: '01134960181',
        emergencyPhone: '07700900181',
      },
    ]);
  });

  it('access denied', () => {
    expect(said(nhsEngland.accessDenied)).to.deep.equal(failed);
  });
});
