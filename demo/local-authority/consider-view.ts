/** Beside each alert: what the guidance asks social care to consider on receiving it (PG9 3.3). */
import { h } from '../dom.js';
import { londonDay } from '../format.js';
import { latest, type Attendance } from './attendances.js';
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
      row('The child’s age', attendance.child.age ?? NOT_RECORDED),
      row('Where the setting is', `${organisation} (${settingName(setting).replace(/^[A-Z][a-z]/, lower)})`),
      row(
        'How often in unscheduled care',
        h('span', { class: 'consider__count' }, 'Last 30 days: ', h('strong', {}, frequency(last30Days))),
        h('span', { class: 'consider__count' }, 'Last 12 months: ', h('strong', {}, frequency(last12Months))),
        h('span', { class: 'consider__note' }, 'Before this attendance. Visits are an estimate.'),
      ),
      row(
        'Why there is a plan',
        ...latest(attendance).plans.map((plan) =>
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

/** "NHS 111" and "GP" keep their capitals. */
const lower = (start: string): string => start.toLocaleLowerCase('en-GB');

const row = (label: string, ...value: readonly (Node | string)[]): HTMLElement =>
  h('div', {}, h('dt', {}, label), h('dd', {}, ...value));
