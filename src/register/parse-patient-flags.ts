import * as v from 'valibot';

import type { Day } from '../domain/calendar.js';
import type { Plan } from '../domain/plan.js';
import { ofType, readSearchSet } from './parse-bundle.js';
import { heldOr, kindsBy, readAuthority, readPeriod, type PlansRead } from './parse-care-team.js';
import { isOfAnotherType, numberMeant, resolve } from './parse-references.js';
import { standingOf } from './parse-standing.js';
import { fhirShapes, type Entry, type Resource, type Shapes } from './shapes.js';

export const flagCode = 'child-protection-information-system-flag';
/** With an earlier guide's code: either may come (Patient Flags API). */
const flagCodes = [flagCode, 'child-protection-information-sharing-flag'];
const flagDetail = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

/**
 * A PatientFlag search's body (NHS England Patient Flags API): Flag → CarePlan (kind, period) → CareTeam (authority). A
 * subject may be a plain reference without a number; if it holds one, it must be this patient's.
 */
export function parsePatientFlags(body: unknown, nhsNumber: string, today?: Day): PlansRead {
  const shapes = fhirShapes();
  const bundle = readSearchSet(body, nhsNumber, shapes, 'Flag', ['searchset', 'collection']);
  if (bundle === undefined) return { kind: 'failed', reason: 'unreadable' };
  if (bundle.stray) return { kind: 'failed', reason: 'wrong-patient' };
  if (bundle.empty) return { kind: 'none' };

  const { entries } = bundle;
  const flags = ofType(entries, 'Flag').flatMap((resource) => {
    const flag = v.parse(shapes.flag, resource);
    // The flag of a plan with an end date may be inactive.
    const { kind } = standingOf(resource, {
      status: flag.period?.end === undefined ? ['active'] : ['active', 'inactive'],
    });
    if (kind !== 'ordinary') shapes.flaw();
    return kind === 'withdrawn' ? [] : [flag];
  });
  const carePlans = ofType(entries, 'CarePlan');
  const numbers = [...flags, ...carePlans.map((plan) => v.parse(shapes.carePlan, plan))].map(({ subject, contained }) =>
    numberMeant(subject, entries, contained, shapes),
  );
  if (numbers.some((number) => number !== undefined && number !== nhsNumber))
    return { kind: 'failed', reason: 'wrong-patient' };

  const pointedAt = flags
    .filter(({ code }) => code?.coding.some((coding) => coding.code !== undefined && flagCodes.includes(coding.code)))
    .flatMap(({ extension, contained }) => {
      const details = extension
        .filter(({ url }) => url === flagDetail)
        .map(({ valueReference }) => valueReference?.reference)
        // A flag may have details that are not plans (Consent, Condition).
        .filter((reference) => !isOfAnotherType(reference, 'CarePlan', entries, contained));
      return details.length === 0
        ? [undefined]
        : details.map((reference) => resolve(reference, 'CarePlan', entries, contained));
    });
  const listed = new Set<Resource | undefined>([...pointedAt, ...carePlans]);
  if (listed.size > new Set(pointedAt).size || pointedAt.includes(undefined)) shapes.flaw();

  const plans = [...listed].flatMap((plan) =>
    readCarePlan(plan ?? { resourceType: 'CarePlan' }, entries, shapes, today),
  );
  return heldOr(plans, shapes.flaws.found || bundle.unreliable);
}

/** One plan for each authority the CarePlan names; a plan whose details did not arrive is still a plan. */
function readCarePlan(
  resource: Resource,
  entries: readonly Entry[],
  shapes: Shapes,
  today: Day | undefined,
): readonly Plan[] {
  const plan = v.parse(shapes.carePlan, resource);
  const period = readPeriod(plan.period, shapes);
  const standing = standingOf(resource, {
    status: plan.period?.end === undefined ? ['active'] : ['active', 'completed'],
    intent: ['plan', 'order'],
  });
  const authorities = plan.careTeam.map(({ reference, display }) => {
    const team = resolve(reference, 'CareTeam', entries, plan.contained);
    if (team === undefined) shapes.flaw();
    const details = readAuthority(v.parse(shapes.careTeam, team ?? {}), today);
    return { ...details, authority: details.authority ?? display };
  });
  if (authorities.length === 0) authorities.push(readAuthority({ name: undefined, telecom: [] }, today));
  return kindsBy(standing, plan.category, shapes).flatMap((kind) =>
    authorities.map((authority) => ({ ...kind, ...period, ...authority })),
  );
}
