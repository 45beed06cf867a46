/** What the Emergency Department's board shows of each patient. */
import { ageColumn, figure, numberColumn, patientColumn, type Column } from '../epr/board-table.js';
import { h, spoken } from '../epr/dom.js';
import { dateAndTime, duration, londonDay } from '../epr/format.js';
import { areas, type Bed } from './board.js';
import { triageNames, type Area, type Triage } from './story.js';

export type AreaFilter = Area | 'All';

/** In minutes. Four hours is the national standard for a stay in the department. */
const LONG_WAIT = 240;

/** How many patients there are, and who has waited longest. */
export const boardSummary = (beds: readonly Bed[], now: Date): readonly (Node | string)[] => {
  const waiting = beds.filter(({ clinician }) => clinician === undefined);
  const longest = Math.max(0, ...waiting.map(({ arrived }) => minutesSince(arrived, now)));
  return [
    figure(String(beds.length), beds.length === 1 ? 'patient' : 'patients'),
    figure(String(waiting.length), 'not yet seen'),
    figure(duration(longest), 'longest wait to be seen'),
  ];
};

/** Buttons that narrow the board to one area. */
export const areaFilter = (
  beds: readonly Bed[],
  chosen: AreaFilter,
  choose: (area: AreaFilter) => void,
): readonly HTMLElement[] =>
  (['All', ...areas] as const).map((area) => {
    const count = area === 'All' ? beds.length : beds.filter(({ story }) => story.area === area).length;
    const button = h(
      'button',
      { type: 'button', class: 'chip', 'aria-pressed': String(area === chosen), 'data-area': area },
      `${area} `,
      h('span', { class: 'filter__count' }, String(count)),
    );
    button.addEventListener('click', () => choose(area));
    return button;
  });

/** "2 Very urgent", with the colour of the Manchester Triage System beside it. */
export const triageMark = (triage: Triage): HTMLElement =>
  h(
    'span',
    { class: 'triage', 'data-triage': String(triage) },
    h('span', { class: 'triage__number' }, String(triage)),
    triageNames[triage],
  );

const minutesSince = (arrived: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - arrived.getTime()) / 60_000));

const arrival = ({ arrived }: Bed, now: Date): readonly (Node | string)[] => {
  const waited = minutesSince(arrived, now);
  return [
    h('span', { class: 'board__time' }, dateAndTime(arrived, londonDay(now))),
    ' ',
    h(
      'span',
      { class: waited >= LONG_WAIT ? 'board__wait board__wait--long' : 'board__wait' },
      spoken('waited '),
      duration(waited),
    ),
  ];
};

export const boardColumns: readonly Column<Bed>[] = [
  { name: 'Bay', key: 'bay', cell: ({ label }) => label },
  patientColumn,
  ageColumn,
  numberColumn,
  { name: 'Presenting complaint', key: 'complaint', cell: ({ story }) => story.complaint },
  { name: 'Triage', key: 'triage', cell: ({ story }) => triageMark(story.triage) },
  { name: 'Arrived', key: 'arrived', cell: arrival },
  {
    name: 'Clinician',
    key: 'clinician',
    cell: ({ clinician }) => clinician ?? h('span', { class: 'quiet' }, 'Not yet seen'),
  },
];
