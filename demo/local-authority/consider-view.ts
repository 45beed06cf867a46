/** Shows beside each alert what the guidance asks social care to consider (PG9 3.3). */
import { h } from '../epr/dom.js';
import { londonDay } from '../epr/format.js';
import { latest, mostUrgentFirst, type Attendance } from './attendances.js';
import { frequency, NOT_RECORDED, planDates, planName, settingName } from './words.js';

export const considerView = (attendance: Attendance, now: Date): HTMLElement => {
  const [first] = attendance.alerts;
  const { last30Days, last12Months } = first.before;
  const { organisation, setting } = first.access;
  const today = londonDay(now);
  return h(
    'section',
    { class: 'consider' },
    h('h3', { class: 'consider__title' }, 'To consider ', h('span', { class: 'quiet' }, '(PG9 3.3)')),
    h(
      'dl',
      { class: 'consider__list' },
      row('The child’s age', childAge(attendance)),
      row('Where the setting is', placeOf(organisation, setting)),
      row(
        'How often in unscheduled care',
        h('span', { class: 'consider__count' }, 'Last 30 days: ', h('strong', {}, frequency(last30Days))),
        h('span', { class: 'consider__count' }, 'Last 12 months: ', h('strong', {}, frequency(last12Months))),
        h('span', { class: 'consider__note' }, 'Before this attendance. Visits are an estimate.'),
      ),
      row(
        'Why there is a plan',
        ...mostUrgentFirst(latest(attendance).plans).map((plan) =>
          h('span', { class: 'consider__count' }, planName(plan), ' ', ...planDates(plan, today)),
        ),
        h(
          'span',
          { class: 'consider__note' },
          'The register holds the kind of plan; the reason is in the child’s file.',
        ),
      ),
    ),
  );
};

/** An unborn baby's plan is on the mother's record, so the age there is hers. */
const childAge = (attendance: Attendance): string => {
  const age = attendance.child.age ?? NOT_RECORDED;
  const unborn = latest(attendance).plans.every(({ type }) => type === 'UCP');
  return unborn ? `An unborn baby’s plan: ${age} is the mother’s age` : age;
};

/** Most services have their setting in their name. */
const placeOf = (organisation: string, setting: string | null): string => {
  const name = settingName(setting);
  const isNamed = organisation.toLowerCase().includes(name.toLowerCase());
  return isNamed ? organisation : `${organisation} (${name})`;
};

const row = (label: string, ...value: readonly (Node | string)[]): HTMLElement =>
  h('div', {}, h('dt', {}, label), h('dd', {}, ...value));
