/** Names and values as the social worker reads them. */
import { h, spoken } from '../epr/dom.js';
import { date, dateAndTime, londonDay } from '../epr/format.js';
import type { AccessCount, PlanSeen } from '../shared/register-api.js';

export const NOT_RECORDED = 'Not recorded';

const settings: Readonly<Record<string, string>> = {
  'emergency-department': 'Emergency department',
  'emergency-dental': 'Emergency dental service',
  'walk-in-centre': 'Walk-in centre',
  'minor-injuries-unit': 'Minor injuries unit',
  ambulance: 'Ambulance service',
  'gp-out-of-hours': 'GP out of hours',
  'paediatric-ward': 'Paediatric ward',
  'maternity-unit': 'Maternity unit',
  'nhs-111': 'NHS 111',
};

export const settingName = (setting: string | null): string =>
  setting === null ? 'Setting not recorded' : (settings[setting] ?? setting);

export const planNames = {
  CPP: 'Child protection plan',
  LAC: 'Looked after',
  UCP: 'Unborn baby: child protection plan',
};

export const planName = ({ type, display }: PlanSeen): string => (type === 'other' ? display : planNames[type]);

/** "since 26-Sep-2025", "ended 14-Mar-2026", "starts 01-Dec-2026" */
export const planDates = ({ start, end, ended }: PlanSeen, today: string): readonly Node[] => {
  if (ended && end !== null) return [h('span', {}, 'ended ', day(end))];
  const begins = h('span', {}, start > today ? 'starts ' : 'since ', day(start));
  return end === null ? [begins] : [begins, h('span', {}, ', until ', day(end))];
};

/** A date shown in its short form and read out in its long one. Anything that is not a date is shown as it was sent. */
export const day = (value: string | null): HTMLElement => {
  if (value === null || value === '') return h('span', {}, NOT_RECORDED);
  if (!isDay(value)) return h('span', {}, value);
  const { shown, said } = date(value);
  return h('span', { class: 'nowrap' }, h('span', { 'aria-hidden': 'true' }, shown), spoken(said));
};

export const isDay = (value: string): boolean => {
  const at = new Date(`${value}T00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
};

const fieldWords: Readonly<Record<string, string>> = {
  'mother.nhsNumber': 'the mother’s NHS number',
  'baby.nhsNumber': 'the baby’s NHS number',
  'baby.birthDate': 'the baby’s date of birth',
  'plan.type': 'the kind of plan',
  'plan.start': 'the start of the plan',
  'localAuthority.name': 'the name of the local authority',
  'localAuthority.officeHoursPhone': 'the office-hours number',
  'localAuthority.emergencyDutyPhone': 'the emergency duty team’s number',
  localAuthority: 'the local authority',
  nhsNumber: 'the NHS number',
  familyName: 'the family name',
  givenName: 'the given name',
  birthDate: 'the date of birth',
  emergencyDutyPhone: 'the emergency duty team’s number',
  officeHoursPhone: 'the office-hours number',
  allocatedWorker: 'the allocated worker',
};
const fieldName = new RegExp(
  `(^|[^\\w.])(${Object.keys(fieldWords).join('|').replaceAll('.', '\\.')})(?![\\w.]*\\w)`,
  'g',
);
const fieldAtStart: Readonly<Record<string, string>> = {
  start: 'The start date',
  end: 'The end date',
  plans: 'The list of plans',
};

/** The register's message in plain words. The register itself names fields as a file does. */
export const inWords = (message: string): string => {
  const text = message
    .replace(/^(start|end|plans)(?= (?:is|has) )/, (name) => fieldAtStart[name] ?? name)
    .replace(fieldName, (_, before: string, name: string) => before + (fieldWords[name] ?? name))
    .replaceAll('CPP, LAC or UCP', 'child protection, looked after or unborn')
    .replaceAll('YYYY-MM-DD', 'year-month-day');
  return text.charAt(0).toLocaleUpperCase('en-GB') + text.slice(1);
};

export const moment = (instant: string, now: Date): HTMLElement =>
  h('time', { class: 'nowrap', datetime: instant }, dateAndTime(new Date(instant), londonDay(now)));

/** "about 8 visits (13 views)": the views are counted, the visits estimated. */
export const frequency = ({ views, visits }: AccessCount): string =>
  views === 0 ? 'none' : `about ${count(visits, 'visit')} (${count(views, 'view')})`;

export const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;

/** 10,000 */
export const grouped = (many: number): string => new Intl.NumberFormat('en-GB').format(many);

/**
 * A phone number for display: no +44, a space after the area code, and a space before the last four digits of a long
 * local part.
 */
export const phone = (number: string | null): HTMLElement => {
  if (number === null || number === '') return h('span', { class: 'quiet' }, NOT_RECORDED);
  return h('a', { class: 'nowrap', href: `tel:${number.replace(/[^+\d]/g, '')}` }, phoneText(number));
};

export const phoneText = (number: string): string => {
  const digits = number.replace(/^\+44(\(0\))?/, '0').replace(/\D/g, '');
  const area = /^(02\d|01\d1|011\d|0[389]\d\d)/.exec(digits)?.[0] ?? digits.slice(0, 5);
  const local = digits.slice(area.length);
  return local.length > 6 ? `${area} ${local.slice(0, -4)} ${local.slice(-4)}` : `${area} ${local}`;
};
