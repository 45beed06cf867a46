import * as v from 'valibot';

import { readPartialDay, type Day, type PartialDay } from '../domain/calendar.js';
import { planKindOf, type Plan } from '../domain/plan.js';
import { ofType, readSearchSet } from './parse-bundle.js';
import { readPhones } from './parse-phones.js';
import { numberMeant } from './parse-references.js';
import { standingOf, type Standing } from './parse-standing.js';
import { fhirShapes, type CareTeam, type Concept, type Period, type Shapes } from './shapes.js';

/** What a 200 body says about one patient's plans. */
export type PlansRead =
  | { readonly kind: 'held'; readonly plans: readonly Plan[]; readonly incomplete: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly reason: 'unreadable' | 'wrong-patient' };

/**
 * A CareTeam search's body (CP-IS consumer guide, Get CareTeam): one CareTeam per plan, perhaps of several authorities.
 * `today`: the day on which numbers must be in use; absent = any day.
 */
export function parseCareTeams(body: unknown, nhsNumber: string, today?: Day): PlansRead {
  const shapes = fhirShapes();
  const bundle = readSearchSet(body, nhsNumber, shapes, 'CareTeam', ['searchset']);
  if (bundle === undefined) return { kind: 'failed', reason: 'unreadable' };
  if (bundle.stray) return { kind: 'failed', reason: 'wrong-patient' };
  if (bundle.empty) return { kind: 'none' };

  const plans: Plan[] = [];
  for (const resource of ofType(bundle.entries, 'CareTeam')) {
    const team = v.parse(shapes.careTeam, resource);
    const number = numberMeant(team.subject, bundle.entries, team.contained, shapes);
    if (number === undefined) shapes.flaw();
    else if (number !== nhsNumber) return { kind: 'failed', reason: 'wrong-patient' };
    else
      plans.push(
        ...kindsBy(
          standingOf(resource, { status: team.period?.end === undefined ? open : ended }),
          team.category,
          shapes,
        ).map((kind) => ({
          ...kind,
          ...readPeriod(team.period, shapes),
          ...readAuthority(team, today),
        })),
      );
  }
  const foreign = bundle.entries.some(
    ({ search, resource }) => search?.mode !== 'include' && resource.resourceType !== 'CareTeam',
  );
  return heldOr(plans, shapes.flaws.found || bundle.unreliable || foreign);
}

const open = ['active'];
/** The team of a plan with an end date may be inactive. */
const ended = ['active', 'inactive'];

/** The kinds of plan that a resource names. One whose meaning is altered is not shown as an ordinary plan. */
export function kindsBy(standing: Standing, categories: readonly Concept[], { flaw }: Shapes): readonly Kind[] {
  if (standing.kind === 'ordinary') return planKinds(categories);
  flaw();
  return standing.kind === 'withdrawn' ? [] : [{ kind: 'unrecognised', code: standing.says }];
}

/** Held when any plan could be read; otherwise unreadable. */
export const heldOr = (plans: readonly Plan[], incomplete: boolean): PlansRead =>
  plans.length > 0 ? { kind: 'held', plans, incomplete } : { kind: 'failed', reason: 'unreadable' };

type Kind = Pick<Plan, 'kind' | 'code'>;

/** One plan for each kind that the categories name. No category: unrecognised. */
function planKinds(categories: readonly Concept[]): readonly Kind[] {
  // A category from another code system is no second plan: it says something else about the first.
  const isKnown = categories.some(({ coding }) => coding.some(isOfAPlan));
  const ofPlans = isKnown
    ? categories.filter(({ coding }) => coding.length === 0 || coding.some(isSnomed))
    : categories;
  const distinct = new Map(ofPlans.flatMap(kindsIn).map((kind) => [`${kind.kind} ${kind.code ?? ''}`, kind]));
  return distinct.size > 0 ? [...distinct.values()] : [{ kind: 'unrecognised', code: undefined }];
}

type Coding = Concept['coding'][number];
const snomed = 'http://snomed.info/sct';
const isSnomed = ({ system }: Coding): boolean => system === undefined || system === snomed;
const isOfAPlan = (coding: Coding): boolean => isSnomed(coding) && planKindOf(coding.code) !== 'unrecognised';

/** An unknown code beside a known one is its translation; two known codes are two kinds of plan. */
function kindsIn({ coding, text }: Concept): readonly Kind[] {
  const known = coding.filter(isOfAPlan).map(({ code }) => planKindOf(code));
  if (known.length > 0) return known.map((kind) => ({ kind, code: undefined }));
  return [{ kind: 'unrecognised', code: coding.find(({ code }) => code !== undefined)?.code ?? text }];
}

/** What systems store for no date: the first day that they know, or one that never comes. */
const noStart = /^(?:0001|1753|1900)-01-01/;
const noEnd = /^9999/;

/** Start and end as days; a date that cannot be read, or an end before its start, is a flaw. */
export function readPeriod(period: Period | undefined, { flaw }: Shapes): Pick<Plan, 'start' | 'end'> {
  const readDay = (text: string | undefined, placeholder: RegExp): PartialDay | undefined => {
    const day = text === undefined ? undefined : readPartialDay(text);
    if (text !== undefined && day === undefined) flaw();
    return day === undefined || placeholder.test(day) ? undefined : day;
  };
  const start = readDay(period?.start, noStart);
  const end = readDay(period?.end, noEnd);
  if (start !== undefined && end !== undefined && end < start && !start.startsWith(end)) flaw();
  return { start, end };
}

/** The authority's name and its numbers. */
export const readAuthority = (
  { name, telecom }: Pick<CareTeam, 'name' | 'telecom'>,
  today: Day | undefined,
): Pick<Plan, 'authority' | 'officePhone' | 'emergencyPhone' | 'phones'> => ({
  authority: name,
  ...readPhones(telecom, today),
});
