import type { Accesses, CareTeams } from './fhir.js';

// What every contender but ours shows, worded as ours words it, worked out in the shortest way that gives the same text
// for the bench's own payloads. No contender is made slow here.

export interface Plan {
  readonly kind: string;
  readonly since: string;
  readonly authority: string;
  readonly office: string;
  readonly emergency: string;
}

export interface Held {
  readonly plans: readonly Plan[];
  readonly heading: string;
  readonly checked: string;
  readonly atOffice: boolean;
  readonly usually: string;
}

export interface Visit {
  readonly at: string;
  readonly place: string;
  readonly viewer: string;
  readonly role: string;
}

export interface History {
  readonly visits: readonly Visit[];
  /** "at least ", where there may be more than the register lists. */
  readonly atLeast: string;
  readonly times: string;
  readonly rest: string;
  readonly oldest: string;
  /** Per cent from the left: the months' names and the visits. */
  readonly months: readonly { readonly x: number; readonly name: string }[];
  readonly dots: readonly number[];
}

export const words = {
  fallback: 'CP-IS not checked',
  region: 'Child Protection – Information Sharing',
  checking: (unscheduled: boolean): string => `Checking CP-IS…${unscheduled ? ' recorded under your name.' : ''}`,
  none: 'No CP-IS record for this NHS number.',
  noneRest: 'This does not rule out a concern. England only.',
  notChecked: 'CP-IS not checked: status unknown',
  plans: 'Plans',
  visits: 'Unscheduled care',
  visitsLoading: 'Loading earlier visits…',
  notViewed: 'No earlier visits in CP-IS.',
  alert: 'CP-IS alerts the local authority automatically.',
  alertRest: 'Don’t assume anyone has read it. Concerned? Ring before the patient leaves.',
  silent: 'Routine appointment: this check sent no alert.',
  openedInError: 'Opened in error?',
  hide: 'Hide',
  copy: 'Copy',
  caption: 'CP-IS viewed by',
  columns: ['Date and time', 'Viewed at', 'Viewed by', 'Role'],
  note: 'Visits are an estimate: returns within 12 hours may show as one. Don’t share places or authority with the family: a placement may be confidential.',
} as const;

const kinds: Readonly<Record<string, string>> = {
  '342191000000101': 'Child protection plan',
  '764841000000100': 'Looked after',
  '818901000000100': 'Unborn baby: child protection plan',
};
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });

const day = (date: string): string =>
  `${date.slice(8, 10)}-${monthNames[Number(date.slice(5, 7)) - 1] ?? ''}-${date.slice(0, 4)}`;

/** `01632 960123`, `020 7946 0123`. */
const phone = (raw: string): string =>
  /^0(2|11)/.test(raw)
    ? `${raw.slice(0, 3)}\u00a0${raw.slice(3, 7)}\u00a0${raw.slice(7)}`
    : `${raw.slice(0, 5)}\u00a0${raw.slice(5)}`;

export const href = (shown: string): string => `tel:${shown.replaceAll('\u00a0', '')}`;

export function readHeld(bundle: CareTeams): Held | undefined {
  const plans = (bundle.entry ?? []).map(({ resource }): Plan => {
    const number = (use: string): string => phone(resource.telecom.find((line) => line.use === use)?.value ?? '');
    return {
      kind: kinds[resource.category[0]?.coding[0]?.code ?? ''] ?? 'Plan type not recognised',
      since: `since ${day(resource.period.start)}`,
      authority: resource.name.replace(' Local Authority', ''),
      office: number('work'),
      emergency: number('mobile'),
    };
  });
  if (plans.length === 0) return undefined;
  const now = new Date();
  const atOffice = now.getDay() % 6 !== 0 && now.getHours() >= 9 && now.getHours() < 17;
  const [first, ...others] = [...new Set(plans.map(({ kind }) => kind))];
  return {
    plans,
    heading: [first, ...others.map((kind) => kind.toLowerCase())].join(' and '),
    checked: `Checked ${time.format(now)}`,
    atOffice,
    usually: atOffice ? 'office usually open until 17:00' : 'office usually opens 09:00',
  };
}

export function readHistory(bundle: Accesses): History {
  const resources = (bundle.entry ?? []).map(({ resource }) => resource);
  const roles = new Map(
    resources.flatMap((role) =>
      role.resourceType === 'PractitionerRole' ? [[`PractitionerRole/${role.id}`, role]] : [],
    ),
  );
  const now = Date.now();
  const events = resources
    .flatMap((event) => {
      if (event.resourceType !== 'AuditEvent') return [];
      const role = roles.get(event.agent.find(({ requestor }) => requestor)?.who.reference ?? '');
      return [{ at: Date.parse(event.recorded), recorded: event.recorded, role }];
    })
    .sort((a, b) => b.at - a.at);
  const recent = events.filter(({ at }) => now - at < 30 * 86_400_000).length;
  const services = new Set(events.map(({ role }) => role?.organization.display)).size;
  const percent = (at: number): number => 97 - ((now - at) / (365 * 86_400_000)) * 94;
  const most = events.length >= 25;
  const shown = (at: number, recorded: string): string => `${day(recorded)} ${time.format(at)}`;
  return {
    visits: events.map(({ at, recorded, role }) => ({
      at: shown(at, recorded),
      place: role?.organization.display ?? '',
      viewer: role?.practitioner.display ?? '',
      role: role?.code[0]?.coding[0]?.display ?? '',
    })),
    times: `${events.length} times`,
    atLeast: most ? 'at least ' : '',
    rest: ` before now, at ${services} services${most ? ' or more' : ''}. About ${events.length} visits${most ? ' or more' : ''}; ${recent} in the last 30 days.`,
    oldest: most ? `25 most recent, back to ${shown(events[24]?.at ?? 0, events[24]?.recorded ?? '')}. ` : '',
    months: [12, 9, 6, 3].map((back) => {
      const at = new Date(now);
      at.setMonth(at.getMonth() - back);
      return { x: percent(at.getTime()), name: monthNames[at.getMonth()] ?? '' };
    }),
    dots: events.map(({ at }) => percent(at)).filter((x) => x >= 3),
  };
}
