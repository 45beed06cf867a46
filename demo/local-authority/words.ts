/** Names and values as the social worker reads them. */
import { h, spoken } from '../dom.js';
import { date, dateAndTime, londonDay } from '../format.js';
import type { AccessCount, PlanSeen } from '../register-api.js';

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

/** A date in the short form, said in the long one. */
export const day = (value: string | null): HTMLElement => {
  if (value === null) return h('span', {}, NOT_RECORDED);
  const { shown, said } = date(value);
  return h('span', { class: 'nowrap' }, h('span', { 'aria-hidden': 'true' }, shown), spoken(said));
};

export const moment = (instant: string, now: Date): HTMLElement =>
  h('time', { class: 'nowrap', datetime: instant }, dateAndTime(new Date(instant), londonDay(now)));

/** "about 8 visits (13 views)": views are the fact, visits an estimate. */
export const frequency = ({ views, visits }: AccessCount): string =>
  views === 0 ? 'none' : `about ${count(visits, 'visit')} (${count(views, 'view')})`;

export const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;

/** 10,000 */
export const grouped = (many: number): string => new Intl.NumberFormat('en-GB').format(many);

/** A number to ring: no +44, a space after the area code, a space before the last four of a long local part. */
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
