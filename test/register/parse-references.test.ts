import { expect } from 'chai';

import type { Access } from '../../src/domain/access-history.js';
import { parseAuditEvents } from '../../src/register/parse-audit-event.js';
import { parsePatientFlags } from '../../src/register/parse-patient-flags.js';
import { accesses, flagBundle, flagged, nhsNumber } from '../fixtures/bundles.js';

type Resource = Record<string, unknown>;
type Who = Readonly<Record<string, unknown>>;

const wire = (body: unknown): unknown => JSON.parse(JSON.stringify(body));
const place = 'Royal London Hospital, emergency department';
const role = (more: object = {}): Resource => ({
  resourceType: 'PractitionerRole',
  id: 'r1',
  practitioner: { display: 'Mrs Paula PALMER' },
  organization: { display: place },
  code: [{ coding: [{ display: 'Staff nurse' }] }],
  ...more,
});
const whole = { viewer: 'Mrs Paula PALMER', role: 'Staff nurse', place };
const unknown = { viewer: undefined, role: undefined, place: undefined };

/** Who is read as the viewer of one access, and whether anything was unreadable. */
function viewerOf(
  agent: Who,
  contained: readonly Resource[] = [],
  included: readonly (Resource & { fullUrl?: string })[] = [],
) {
  const body = accesses([{ at: '2026-01-01T10:00:00Z' }]) as {
    entry: { resource: { agent: object[]; contained?: unknown } }[];
  };
  const [match] = body.entry;
  match!.resource.agent[1] = { type: { coding: [{ code: 'ASSIGNED' }] }, ...agent };
  match!.resource.contained = contained;
  const includes = included.map(({ fullUrl, ...resource }) => ({ fullUrl, resource, search: { mode: 'include' } }));
  const read = parseAuditEvents(wire({ ...body, entry: [match, ...includes] }), nhsNumber);
  if (typeof read !== 'object') throw new Error('The history could not be relied on');
  const [access] = read.accesses as [Access];
  const { viewer, role: as, place: from } = access;
  return { viewer: { viewer, role: as, place: from }, incomplete: read.incomplete };
}

describe('who viewed, wherever the register says it (FHIR R4, references)', () => {
  const rows: readonly [what: string, read: ReturnType<typeof viewerOf>, viewer: object, incomplete: boolean][] = [
    ['type and id', viewerOf({ who: { reference: 'PractitionerRole/r1' } }, [], [role()]), whole, false],
    ['a version', viewerOf({ who: { reference: 'PractitionerRole/r1/_history/2' } }, [], [role()]), whole, false],
    [
      'an absolute address',
      viewerOf({ who: { reference: 'https://r/FHIR/PractitionerRole/r1' } }, [], [role()]),
      whole,
      false,
    ],
    [
      'a full URL',
      viewerOf({ who: { reference: 'urn:uuid:1' } }, [], [{ ...role({ id: 'x' }), fullUrl: 'urn:uuid:1' }]),
      whole,
      false,
    ],
    [
      'a full URL with a version',
      viewerOf(
        { who: { reference: 'https://r/PractitionerRole/r9' } },
        [],
        [{ ...role(), fullUrl: 'https://r/PractitionerRole/r9/_history/3' }],
      ),
      whole,
      false,
    ],
    ['within itself', viewerOf({ who: { reference: '#r1' } }, [role()]), whole, false],
    [
      'a Practitioner within itself',
      viewerOf({ who: { reference: '#p1' } }, [
        { resourceType: 'Practitioner', id: 'p1', name: [{ text: 'Dr Amira SHAH' }] },
      ]),
      { ...unknown, viewer: 'Dr Amira SHAH' },
      false,
    ],
    [
      'names in what is included beside it',
      viewerOf(
        { who: { reference: 'PractitionerRole/r1' } },
        [],
        [
          role({
            practitioner: { reference: 'Practitioner/p9' },
            organization: { reference: 'Organization/o9/_history/1' },
          }),
          { resourceType: 'Practitioner', id: 'p9', name: [{ prefix: ['Dr'], given: ['Amira', 'J'], family: 'SHAH' }] },
          { resourceType: 'Organization', id: 'o9', name: 'Whittington Hospital' },
        ],
      ),
      { viewer: 'Dr Amira J SHAH', role: 'Staff nurse', place: 'Whittington Hospital' },
      false,
    ],
    ['a name of the agent’s own', viewerOf({ name: 'NHS 111 Team' }), { ...unknown, viewer: 'NHS 111 Team' }, false],
    [
      'a name beside the reference',
      viewerOf({ who: { display: 'Duty team' } }),
      { ...unknown, viewer: 'Duty team' },
      false,
    ],
    [
      'a Practitioner whose name is only a family name',
      viewerOf(
        { who: { reference: 'Practitioner/p1' } },
        [],
        [{ resourceType: 'Practitioner', id: 'p1', name: [{ family: 'SHAH' }] }],
      ),
      { ...unknown, viewer: 'SHAH' },
      false,
    ],
    [
      'a Practitioner of a role that holds them itself',
      viewerOf(
        { who: { reference: 'PractitionerRole/r1' } },
        [],
        [
          role({
            practitioner: { reference: '#me' },
            contained: [{ resourceType: 'Practitioner', id: 'me', name: [{ text: 'Dr Amira SHAH' }] }],
          }),
        ],
      ),
      { ...whole, viewer: 'Dr Amira SHAH' },
      false,
    ],
    [
      'a Practitioner who had another name',
      viewerOf({ who: { reference: '#p1' } }, [
        {
          resourceType: 'Practitioner',
          id: 'p1',
          name: [
            { use: 'old', text: 'Miss A' },
            { use: 'official', text: 'Mrs B' },
          ],
        },
      ]),
      { ...unknown, viewer: 'Mrs B' },
      false,
    ],
    [
      'a Device within itself',
      viewerOf({ who: { reference: '#d1' } }, [
        { resourceType: 'Device', id: 'd1', deviceName: [{ name: 'Symphony', type: 'model-name' }] },
      ]),
      { ...unknown, viewer: 'Symphony' },
      false,
    ],
    [
      'an Organization, as a team line is one',
      viewerOf(
        { who: { reference: 'Organization/o1' } },
        [],
        [{ resourceType: 'Organization', id: 'o1', name: 'NHS 111 London' }],
      ),
      { ...unknown, viewer: 'NHS 111 London' },
      false,
    ],
    [
      'a role whose code has no words: the code was recorded',
      viewerOf({ who: { reference: '#r1' } }, [role({ code: [{ coding: [{ system: 'urn:x', code: 'R0620' }] }] })]),
      { ...whole, role: 'R0620' },
      false,
    ],
    [
      'a role without any code',
      viewerOf({ who: { reference: '#r1' } }, [role({ code: [{}] })]),
      { ...whole, role: undefined },
      false,
    ],
    [
      'a Practitioner without a name',
      viewerOf({ who: { reference: 'Practitioner/p1' } }, [], [{ resourceType: 'Practitioner', id: 'p1', name: [{}] }]),
      unknown,
      false,
    ],
    [
      'a Practitioner with no name at all',
      viewerOf({ who: { reference: 'Practitioner/p1' } }, [], [{ resourceType: 'Practitioner', id: 'p1' }]),
      unknown,
      false,
    ],
    ['nobody', viewerOf({}), unknown, false],
    [
      'somebody who is not in the answer',
      viewerOf({ who: { reference: 'PractitionerRole/r2' } }, [], [role()]),
      unknown,
      true,
    ],
    ['somebody who is not within it', viewerOf({ who: { reference: '#r2' } }, [role()]), unknown, true],
    [
      'an Organization that is not in the answer',
      viewerOf(
        { who: { reference: 'PractitionerRole/r1' } },
        [],
        [role({ organization: { reference: 'Organization/o9' } })],
      ),
      { ...whole, place: undefined },
      true,
    ],
  ];
  for (const [what, read, viewer, incomplete] of rows)
    it(`${what}${incomplete ? ': could not be read' : ''}`, () => {
      expect(read).to.deep.equal({ viewer, incomplete });
    });

  it('the same access twice counts once; two with one name and different contents count twice', () => {
    const body = accesses([{ at: '2026-01-01T10:00:00Z' }]) as { entry: { resource: object }[] };
    const [match, include] = body.entry;
    const named = { ...match, fullUrl: 'https://r/AuditEvent/a1' };
    const other = { ...named, resource: { ...match!.resource, recorded: '2026-01-02T10:00:00Z' } };
    const count = (...entry: object[]): number | undefined => {
      const read = parseAuditEvents(wire({ ...body, total: entry.length, entry: [...entry, include] }), nhsNumber);
      return typeof read === 'object' ? read.accesses.length : undefined;
    };
    expect([count(named, named), count(named, other), count(match!, match!)]).to.deep.equal([1, 2, 2]);
  });
});

describe('what a flag points to', () => {
  const flagDetail = 'http://hl7.org/fhir/StructureDefinition/flag-detail';
  const detail = (reference: string | undefined): object => ({ url: flagDetail, valueReference: { reference } });
  const plan = flagged().find(({ resourceType }) => resourceType === 'CarePlan')!;
  const planReference = `CarePlan/${String(plan['id'])}`;
  const read = (extension: readonly object[], more: Resource = {}, extra: readonly Resource[] = []) => {
    const resources = [...flagged(), ...extra].map((one) =>
      one['resourceType'] === 'Flag' ? { ...one, extension, ...more } : one,
    );
    const found = parsePatientFlags(wire(flagBundle(...resources)), nhsNumber);
    return found.kind === 'held' ? [found.plans.map(({ kind }) => kind).join(), found.incomplete] : [found.kind, true];
  };
  const consent = { resourceType: 'Consent', id: 'c1' };

  const rows: readonly [what: string, read: readonly unknown[], says: readonly unknown[]][] = [
    ['a CarePlan', read([detail(planReference)]), ['child-protection', false]],
    ['a CarePlan of a version', read([detail(`${planReference}/_history/4`)]), ['child-protection', false]],
    [
      'a CarePlan, and a Consent',
      read([detail(planReference), detail('Consent/c1')], {}, [consent]),
      ['child-protection', false],
    ],
    [
      'a CarePlan, and a Condition that is not there',
      read([detail(planReference), detail('Condition/x')]),
      ['child-protection', false],
    ],
    [
      'a CarePlan, and a Consent by its full URL',
      read([detail(planReference), detail('Consent/c1')], {}, [consent]),
      ['child-protection', false],
    ],
    [
      'a CarePlan, and a Consent within it',
      read([detail(planReference), detail('#c')], { contained: [{ resourceType: 'Consent', id: 'c' }] }),
      ['child-protection', false],
    ],
    [
      'a CarePlan within it',
      read([detail('#p'), detail(planReference)], { contained: [{ ...plan, id: 'p' }] }),
      ['child-protection,child-protection', false],
    ],
    ['a CarePlan that is not there', read([detail('CarePlan/x')]), ['unrecognised,child-protection', true]],
    ['nothing', read([detail(undefined)]), ['unrecognised,child-protection', true]],
    ['a Consent alone', read([detail('Consent/c1')], {}, [consent]), ['unrecognised,child-protection', true]],
    [
      'by the code of an earlier guide',
      read([detail(planReference)], { code: { coding: [{ code: 'child-protection-information-sharing-flag' }] } }),
      ['child-protection', false],
    ],
  ];
  for (const [what, found, says] of rows)
    it(`${what}: ${says[0] as string}${says[1] === true ? ', incomplete' : ''}`, () => {
      expect(found).to.deep.equal(says);
    });
});
