import type { Accesses, CareTeams } from './fhir.js';

// What every contender but ours shows, in our words. It is computed in the shortest way that gives the same text for
// the bench's own payloads, so that no contender is made slow here.

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
  readonly number: string;
  readonly atOffice: boolean;
  readonly ring: string;
  readonly alert: string;
}

export interface Visit {
  readonly at: string;
  readonly place: string;
  readonly viewer: string;
}

/** Where a visit's mark is, in per cent from the left, and the kind of service, which is its shape. */
export interface Mark {
  readonly x: number;
  readonly shape: 'circle' | 'triangle' | 'square';
}

export interface History {
  readonly visits: readonly Visit[];
  readonly heading: string;
  readonly lines: string;
  readonly byService: string;
  readonly in30Days: string;
  /** In per cent from the left: where the last 30 days begin, the months' names and the visits. */
  readonly recent: number;
  readonly months: readonly { readonly x: number; readonly name: string }[];
  readonly marks: readonly Mark[];
}

export const words = {
  fallback: 'CP-IS not checked',
  region: 'Child Protection – Information Sharing',
  checking: (unscheduled: boolean): string => `Checking CP-IS…${unscheduled ? ' recorded under your name.' : ''}`,
  none: 'No CP-IS record for this NHS number.',
  noneRest: 'This does not rule out a concern. England only.',
  notChecked: 'CP-IS not checked: status unknown',
  plans: 'Plans',
  howOften: 'How often, in 12 months',
  visitsLoading: 'Loading earlier visits…',
  notViewed: 'No earlier visits in CP-IS.',
  alertRest: 'Don’t assume anyone has read it. Concerned? Ring before the patient leaves.',
  silent: 'Routine appointment: this check sent no alert.',
  openedInError: 'Opened in error?',
  hide: 'Hide',
  copy: 'Copy',
  copyForTheNotes: 'Copy for the notes',
  caption: 'CP-IS viewed by',
  columns: ['Visit', 'Where', 'Viewed by'],
  legend: [
    ['circle', 'emergency department'],
    ['triangle', 'NHS 111 or ambulance'],
    ['square', 'other'],
  ],
  note: 'Visits are an estimate: returns within 12 hours may show as one, a long stay as several. Don’t share places or authority with the family: a placement may be confidential.',
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

/** `01632 960123`, `0113 496 0123`. */
const phone = (raw: string): string =>
  raw.startsWith('011')
    ? `${raw.slice(0, 4)}\u00a0${raw.slice(4, 7)}\u00a0${raw.slice(7)}`
    : `${raw.slice(0, 5)}\u00a0${raw.slice(5)}`;

export const href = (shown: string): string => `tel:${shown.replaceAll('\u00a0', '')}`;

export function readHeld(bundle: CareTeams, nhsNumber: string): Held | undefined {
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
  const [{ authority } = { authority: '' }] = plans;
  const now = new Date();
  const atOffice = now.getDay() % 6 !== 0 && now.getHours() >= 9 && now.getHours() < 17;
  const [first, ...others] = [...new Set(plans.map(({ kind }) => kind))];
  return {
    plans,
    heading: [first, ...others.map((kind) => kind.toLowerCase())].join(' and '),
    checked: `Checked ${time.format(now)}`,
    number: `NHS No. ${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3, 6)} ${nhsNumber.slice(6)}`,
    atOffice,
    ring: atOffice
      ? `If concerned, ring ${authority} office (usually open until 17:00). Ask for the allocated social worker.`
      : `If concerned, ring ${authority} emergency duty team (office usually opens 09:00)`,
    alert: `CP-IS alerts ${authority} automatically.`,
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
  const services = new Map<string, number>();
  for (const { role } of events) {
    const place = role?.organization.display ?? '';
    services.set(place, (services.get(place) ?? 0) + 1);
  }
  const percent = (at: number): number => 97 - ((now - at) / (365 * 86_400_000)) * 94;
  const atLeast = events.length >= 25 ? 'At least ' : '';
  const shown = (at: number, recorded: string): string => `${day(recorded)} ${time.format(at)}`;
  const last = events.at(-1);
  return {
    visits: events.map(({ at, recorded, role }) => ({
      at: shown(at, recorded),
      place: role?.organization.display ?? '',
      viewer: `${role?.practitioner.display ?? ''}, ${role?.code[0]?.coding[0]?.display ?? ''}`,
    })),
    heading: `${atLeast}${events.length} earlier visits, ${recent} in the last 30 days`,
    lines: [
      `at ${services.size} services`,
      `CP-IS viewed ${events.length} times`,
      ...(atLeast === '' || last === undefined
        ? []
        : [`Only the latest 25 views show, back to ${day(last.recorded)}.`]),
    ].join(' · '),
    byService: [...services].map(([place, count]) => `${place} ${count}`).join(' · '),
    in30Days: `30 days: ${recent}`,
    recent: percent(now - 30 * 86_400_000),
    months: [12, 9, 6, 3].map((back) => {
      const at = new Date(now);
      at.setMonth(at.getMonth() - back);
      return { x: percent(at.getTime()), name: monthNames[at.getMonth()] ?? '' };
    }),
    marks: events
      .map(({ at, role }) => ({ x: percent(at), shape: shapeOf(role?.organization.display ?? '') }))
      .filter(({ x }) => x >= 3),
  };
}

/** The heading of the visits: that they are loading, that there are none, or how many. */
export const visitsHeading = (history: History | undefined): string =>
  history === undefined ? words.visitsLoading : history.visits.length === 0 ? words.notViewed : history.heading;

const shapeOf = (place: string): Mark['shape'] =>
  place.includes('emergency') ? 'circle' : /111|mbulance/.test(place) ? 'triangle' : 'square';
