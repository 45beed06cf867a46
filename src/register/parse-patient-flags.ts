import * as v from 'valibot';

import type { Plan } from '../domain/plan.js';
import { ofType, readSearchSet, resolve } from './parse-bundle.js';
import { heldOr, planKinds, readAuthority, readPeriod, type PlansRead } from './parse-care-team.js';
import { numberOf } from './patient-numbers.js';
import { fhirShapes, type CarePlan, type Entry, type Resource, type Shapes } from './shapes.js';

export const flagCode = 'child-protection-information-system-flag';
const flagDetail = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

/**
 * A PatientFlag search's body (NHS England Patient Flags API): Flag → CarePlan (kind, period) → CareTeam (authority).
 * A subject may be a plain reference and then names no number; where it holds one it must be this patient's.
 */
export function parsePatientFlags(body: unknown, nhsNumber: string): PlansRead {
  const shapes = fhirShapes();
  const bundle = readSearchSet(body, nhsNumber, shapes, 'Flag', ['searchset', 'collection']);
  if (bundle === undefined) return { kind: 'failed', reason: 'unreadable' };
  if (bundle.stray) return { kind: 'failed', reason: 'wrong-patient' };
  if (bundle.empty) return { kind: 'none' };

  const { entries } = bundle;
  const flags = ofType(entries, 'Flag').map((flag) => v.parse(shapes.flag, flag));
  const carePlans = ofType(entries, 'CarePlan');
  const subjects = [...flags, ...carePlans.map((plan) => v.parse(shapes.carePlan, plan))].map(({ subject }) => subject);
  const numbers = subjects.map(numberOf);
  if (numbers.some((number) => number !== undefined && number !== nhsNumber))
    return { kind: 'failed', reason: 'wrong-patient' };

  const pointedAt = flags
    .filter(({ code }) => code?.coding.some((coding) => coding.code === flagCode))
    .flatMap(({ extension }) => {
      const details = extension.filter(({ url }) => url === flagDetail);
      return details.length === 0
        ? [undefined]
        : details.map(({ valueReference }) => resolve(valueReference?.reference, entries, 'CarePlan'));
    });
  const listed = new Set<Resource | undefined>([...pointedAt, ...carePlans]);
  if (listed.size > new Set(pointedAt).size || pointedAt.includes(undefined)) shapes.flaw();

  const plans = [...listed].flatMap((plan) => readCarePlan(v.parse(shapes.carePlan, plan ?? {}), entries, shapes));
  return heldOr(plans, shapes.flaws.found || bundle.unreliable);
}

/** One plan for each authority the CarePlan names; a plan whose details did not arrive is still a plan. */
function readCarePlan(plan: CarePlan, entries: readonly Entry[], shapes: Shapes): readonly Plan[] {
  const period = readPeriod(plan.period, shapes);
  const authorities = plan.careTeam.map(({ reference, display }) => {
    const team = resolve(reference, entries, 'CareTeam');
    if (team === undefined) shapes.flaw();
    const details = readAuthority(v.parse(shapes.careTeam, team ?? {}), shapes);
    return { ...details, authority: details.authority ?? display };
  });
  if (authorities.length === 0) authorities.push(readAuthority({ name: undefined, telecom: [] }, shapes));
  return planKinds(plan.category).flatMap((kind) =>
    authorities.map((authority) => ({ ...kind, ...period, ...authority })),
  );
}
