import * as v from 'valibot';

import type { Access } from '../domain/access-history.js';
import { readInstant } from '../domain/calendar.js';
import { ofType, readSearchSet } from './parse-bundle.js';
import { numberMeant, resolve } from './parse-references.js';
import { fhirShapes, type Concept, type Entry, type Reference, type Resource, type Shapes } from './shapes.js';

/** What a 200 body says about earlier accesses. */
export interface AccessesRead {
  readonly accesses: readonly Access[];
  /** Something else in it was wrong: there may be more accesses. */
  readonly incomplete: boolean;
}

/**
 * An AuditEvent search's body (CP-IS consumer guide, Get AuditEvent): at most 25 matches, in no guaranteed order, each
 * pointing to the viewer's PractitionerRole. `undefined` when it cannot be relied on at all; another patient's number
 * anywhere fails the whole (safety rule 3).
 */
export function parseAuditEvents(body: unknown, nhsNumber: string): AccessesRead | 'wrong-patient' | undefined {
  const shapes = fhirShapes();
  const bundle = readSearchSet(body, nhsNumber, shapes, 'AuditEvent', ['searchset']);
  if (bundle?.stray === true) return 'wrong-patient';
  if (bundle === undefined) return undefined;
  if (bundle.empty) return { accesses: [], incomplete: false };

  const accesses: Access[] = [];
  for (const resource of ofType(bundle.entries, 'AuditEvent')) {
    const { agent: agents, recorded, contained } = v.parse(shapes.auditEvent, resource);
    const patients = agents
      .filter(({ type }) => hasCode(type, 'PAT'))
      .flatMap(({ who }) => numberMeant(who, bundle.entries, contained, shapes) ?? []);
    if (patients.some((patient) => patient !== nhsNumber)) return 'wrong-patient';
    const at = recorded === undefined ? undefined : readInstant(recorded);
    if (at === undefined || patients.length === 0) {
      shapes.flaw();
      continue;
    }
    const viewer = agents.find(({ type }) => hasCode(type, 'ASSIGNED')) ?? agents.find(({ requestor }) => requestor);
    accesses.push({
      at,
      ...readViewer(viewer, contained, bundle.entries, shapes),
      ...(isDevice(viewer?.who, contained, bundle.entries) && { bySystem: true }),
    });
  }
  return accesses.length === 0 ? undefined : { accesses, incomplete: shapes.flaws.found || bundle.unreliable };
}

const hasCode = (concept: Concept | undefined, code: string): boolean =>
  concept?.coding.some((coding) => coding.code === code) ?? false;

const isDevice = (who: Reference | undefined, contained: readonly Resource[], entries: readonly Entry[]): boolean =>
  who?.type === 'Device' ||
  /(?:^|\/)Device\//.test(who?.reference ?? '') ||
  resolve(who?.reference, 'Device', entries, contained) !== undefined;

type Viewer = Pick<Access, 'viewer' | 'role' | 'place'>;
type Agent = ReturnType<typeof v.parse<Shapes['auditEvent']>>['agent'][number];

/**
 * Who looked, in which role and where. A device or a team line may have only a name. A name may be in the reference
 * itself or in the resource it points to. A reference that points nowhere could not be read, which is not "not
 * recorded".
 */
function readViewer(
  agent: Agent | undefined,
  contained: readonly Resource[],
  entries: readonly Entry[],
  shapes: Shapes,
): Viewer {
  const { who, name } = agent ?? {};
  const nameOf = (
    reference: Reference | undefined,
    types: readonly Named[],
    within: readonly Resource[] = contained,
  ): string | undefined => {
    if (reference?.display !== undefined || reference?.reference === undefined) return reference?.display;
    const targets = types.map((type) => resolve(reference.reference, type, entries, within));
    const target = targets.find((found) => found !== undefined);
    if (target === undefined) shapes.flaw();
    return target && nameIn(target, shapes);
  };
  const role = resolve(who?.reference, 'PractitionerRole', entries, contained);
  if (role === undefined) {
    const known = who?.display ?? name;
    return {
      viewer: known ?? nameOf(who, ['Practitioner', 'Device', 'Organization']),
      role: undefined,
      place: undefined,
    };
  }
  const { practitioner, organization, code, ...rest } = v.parse(shapes.practitionerRole, role);
  const within = [...rest.contained, ...contained];
  return {
    viewer: nameOf(practitioner, ['Practitioner'], within) ?? who?.display ?? name,
    role: roleIn(code),
    place: nameOf(organization, ['Organization'], within),
  };
}

type Named = 'Practitioner' | 'Organization' | 'Device';

function nameIn(resource: Resource, shapes: Shapes): string | undefined {
  switch (resource.resourceType as Named) {
    case 'Organization':
      return v.parse(shapes.organization, resource).name;
    case 'Device':
      return v.parse(shapes.device, resource).deviceName.find(({ name }) => name !== undefined)?.name;
    case 'Practitioner': {
      const { name: names } = v.parse(shapes.practitioner, resource);
      const said = names.find(({ use }) => use !== 'old') ?? names[0];
      return said && (said.text ?? ([...said.prefix, ...said.given, said.family ?? ''].join(' ').trim() || undefined));
    }
  }
}

/** The role in words; without any, its code is still what was recorded. */
const roleIn = (codes: readonly Concept[]): string | undefined =>
  codes.flatMap(({ coding, text }) => coding.find(({ display }) => display !== undefined)?.display ?? text ?? [])[0] ??
  codes.flatMap(({ coding }) => coding.flatMap(({ code }) => code ?? []))[0];
