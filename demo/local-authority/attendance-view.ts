/** One card of the inbox: an attendance, with every view that may be part of it. */
import { h } from '../epr/dom.js';
import { londonDay } from '../epr/format.js';
import type { AccessToService, AllocatedWorker, OpenedInError } from '../shared/register-api.js';
import { latest, mostUrgentFirst, staffCount, toAcknowledge, tone, type Attendance } from './attendances.js';
import { childFacts, childName } from './child-line.js';
import { considerView } from './consider-view.js';
import { acknowledgeLine } from './acknowledge-line.js';
import { count, moment, phone, planDates, planName, settingName } from './words.js';
import { workerChoice } from './worker-choice.js';

/** For how many milliseconds an arrival is marked. */
const FRESH = 5_000;

export interface CardActions {
  /** @param byPointer whether a pointer pressed it; what lies under a pointer may have moved */
  acknowledge: (ids: readonly number[], outcome: string, byPointer: boolean) => Promise<void>;
  setWorker: (childId: string, worker: NonNullable<AllocatedWorker>) => void;
}

export const attendanceView = (attendance: Attendance, now: Date, actions: CardActions): HTMLElement => {
  const { child, alerts, notes } = attendance;
  const last = latest(attendance);
  return h(
    'article',
    {
      class: 'alert',
      'data-tone': tone(last.plans),
      'data-open': String(toAcknowledge(attendance).length > 0),
      'data-child': child.id,
      'data-fresh': now.getTime() - Date.parse(attendance.newest) < FRESH ? '' : undefined,
    },
    h(
      'header',
      { class: 'alert__head' },
      h('h2', { class: 'alert__name' }, childName(child)),
      childFacts(child),
      h('p', { class: 'alert__plans' }, ...planWords(last, londonDay(now))),
    ),
    h(
      'div',
      { class: 'alert__body' },
      h(
        'div',
        { class: 'alert__what' },
        h('p', { class: 'alert__where' }, last.access.organisation),
        h('p', { class: 'alert__viewed' }, ...viewed(attendance, now)),
        viewsTable(alerts, notes, now),
        ...notes.map((note) => noteView(note, now)),
        last.allEnded ? workerChoice(last.allocatedWorker, (worker) => actions.setWorker(child.id, worker)) : undefined,
        acknowledgeLine(attendance, [...alerts, ...notes], now, actions.acknowledge),
      ),
      considerView(attendance, now),
    ),
  );
};

const planWords = ({ plans }: AccessToService, today: string): readonly Node[] =>
  mostUrgentFirst(plans).map((plan) =>
    h('span', { class: 'alert__plan' }, h('strong', {}, planName(plan)), ' ', ...planDates(plan, today)),
  );

/** "Viewed by 6 staff", and a note that several views may be one attendance. */
const viewed = (attendance: Attendance, now: Date): readonly (Node | string)[] => {
  const { alerts } = attendance;
  const staff = staffCount(attendance);
  const [first, last] = [alerts[0].access, latest(attendance).access];
  const [from, to] = [moment(first.at, now), moment(last.at, now)];
  const when = from.textContent === to.textContent ? [from] : [from, ' to ', to];
  return [
    settingName(last.setting),
    ' · ',
    h('strong', { class: 'alert__staff' }, staff === 1 ? 'viewed by 1 member of staff' : `viewed by ${staff} staff`),
    ' · ',
    ...when,
    ...(alerts.length > 1 ? [' ', h('span', { class: 'badge' }, 'Possibly one attendance')] : []),
  ];
};

const viewsTable = (
  alerts: readonly AccessToService[],
  notes: readonly OpenedInError[],
  now: Date,
): HTMLTableElement => {
  const takenBack = new Set(notes.map(({ about }) => about));
  return h(
    'table',
    { class: 'table views' },
    h('caption', { class: 'visually-hidden' }, count(alerts.length, 'view')),
    h(
      'thead',
      {},
      h('tr', {}, ...['Viewed', 'By', 'Role', 'Call back'].map((name) => h('th', { scope: 'col' }, name))),
    ),
    h(
      'tbody',
      {},
      ...alerts.map(({ id, access }) =>
        h(
          'tr',
          { 'data-alert': String(id) },
          h('td', {}, moment(access.at, now)),
          h(
            'th',
            { scope: 'row' },
            `${access.viewer} `,
            takenBack.has(id) ? h('span', { class: 'badge' }, 'In error') : undefined,
          ),
          h('td', {}, access.role),
          h('td', {}, phone(access.callBackPhone)),
        ),
      ),
    ),
  );
};

const noteView = ({ access, note, at }: OpenedInError, now: Date): HTMLElement =>
  h(
    'div',
    { class: 'note' },
    h('p', {}, h('strong', {}, `Opened in error, says ${access.viewer}`), ' · ', moment(at, now)),
    note === '' ? undefined : h('p', { class: 'note__text' }, note),
    h('p', { class: 'quiet' }, 'The child may not have attended. The view stays in the history.'),
  );
