import { firstDayOf, lastDayOf, readPartialDay, type Day } from '../domain/calendar.js';
import type { Plan, PlanPhone } from '../domain/plan.js';
import type { CareTeam } from './shapes.js';

type ContactPoint = CareTeam['telecom'][number];

const extensionUrl = 'http://hl7.org/fhir/StructureDefinition/contactpoint-extension';
/** What systems write when there is no number, including zeros alone. */
const placeholder =
  /^(?:n\W?[ak]\W*|not? (?:known|recorded|available|applicable|provided|given|entered|number|phone)|none|nil|null|undefined|unknown|tb[ac]|x+|[\s.?_/()0\-\u2010-\u2015\u2212]+)$/i;

/**
 * The numbers of an authority (CP-IS consumer guide, Data mapping: `use` "work" is the office-hours number, "mobile"
 * the emergency duty number; FHIR R4, ContactPoint). All that are in use today, by `rank`, including those with another
 * `use` or none. A placeholder counts as not recorded. `today`: absent = nothing is out of date.
 */
export function readPhones(
  telecom: readonly ContactPoint[],
  today: Day | undefined,
): Pick<Plan, 'officePhone' | 'emergencyPhone' | 'phones'> {
  const phones = telecom
    .filter(({ system, use, period }) => (system ?? 'phone') === 'phone' && use !== 'old' && isInUse(period, today))
    .sort((one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity) || 0)
    .flatMap((point) => {
      const number = numberOf(point);
      return number === undefined ? [] : [{ line: lineOf(point), number }];
    })
    .filter(({ line, number }, at, all) => all.findIndex((one) => one.line === line && one.number === number) === at);
  const first = (line: PlanPhone['line']): string | undefined => phones.find((phone) => phone.line === line)?.number;
  const [officePhone, emergencyPhone] = [first('office'), first('emergency-duty')];
  const named = [officePhone, emergencyPhone].filter((number) => number !== undefined);
  return { officePhone, emergencyPhone, ...(phones.length > named.length && { phones }) };
}

const lineOf = ({ use }: ContactPoint): PlanPhone['line'] =>
  use === 'work' ? 'office' : use === 'mobile' ? 'emergency-duty' : 'other';

function numberOf({ value, extension }: ContactPoint): string | undefined {
  if (value === undefined || placeholder.test(value)) return undefined;
  const within = extension.find(({ url }) => url === extensionUrl)?.valueString;
  return within === undefined ? value : `${value} ext ${within}`;
}

function isInUse(period: ContactPoint['period'], today: Day | undefined): boolean {
  if (period === undefined || today === undefined) return true;
  const [start, end] = [period.start, period.end].map((text) => text && readPartialDay(text));
  return !(end && lastDayOf(end) < today) && !(start && firstDayOf(start) > today);
}
