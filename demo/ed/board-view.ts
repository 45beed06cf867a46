/** The board: one row per patient, by area. A row opens by click; its name is a link, so it also opens by Enter. */
import { h, shownAndSaid, spoken } from '../dom.js';
import { age, dateAndTime, duration, londonDay, nhsNumber } from '../format.js';
import { patientName } from '../patient-header.js';
import { areas, type Bed } from './board.js';
import { triageNames, type Area, type Triage } from './story.js';

export type AreaFilter = Area | 'All';

const columns = ['Bay', 'Patient', 'Age', 'NHS number', 'Presenting complaint', 'Triage', 'Arrived', 'Clinician'];

/** Minutes. Four hours is the national standard for a stay in the department. */
const LONG_WAIT = 240;

export const boardTable = (beds: readonly Bed[], now: Date): HTMLTableElement =>
  h(
    'table',
    { class: 'board', role: 'table', 'aria-labelledby': 'board-title' },
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        ...columns.map((name) =>
          h(
            'th',
            { role: 'columnheader', scope: 'col', class: `board__column-${name.toLowerCase().replace(' ', '-')}` },
            name,
          ),
        ),
      ),
    ),
    ...areas.map((area) => areaRows(area, beds, now)),
  );

/** How many there are, and who has waited longest. */
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
      { type: 'button', class: 'filter__button', 'aria-pressed': String(area === chosen), 'data-area': area },
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

export const minutesSince = (arrived: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - arrived.getTime()) / 60_000));

const areaRows = (area: Area, beds: readonly Bed[], now: Date): HTMLElement | undefined => {
  const here = beds.filter(({ story }) => story.area === area);
  if (here.length === 0) return undefined;
  return h(
    'tbody',
    { role: 'rowgroup' },
    h(
      'tr',
      { role: 'row', class: 'board__area' },
      h('th', { role: 'rowheader', scope: 'rowgroup', colspan: String(columns.length) }, area),
    ),
    ...here.map((bed) => bedRow(bed, now)),
  );
};

const bedRow = (bed: Bed, now: Date): HTMLElement => {
  const link = h('a', { href: `#${bed.id}` }, patientName(bed.patient));
  const row = h(
    'tr',
    { role: 'row', class: 'board__row', 'data-person': bed.person },
    cell('bay', bed.location),
    h('th', { role: 'rowheader', scope: 'row', class: 'board__name' }, link),
    cell('age', ageOf(bed, now)),
    cell('number', ...numberOf(bed)),
    cell('complaint', bed.story.complaint),
    cell('triage', triageMark(bed.story.triage)),
    cell('arrived', ...arrival(bed, now)),
    cell('clinician', bed.clinician ?? h('span', { class: 'quiet' }, 'Not yet seen')),
  );
  row.addEventListener('click', ({ target }) => {
    const selecting = getSelection()?.type === 'Range';
    if (!selecting && target !== link) link.click();
  });
  return row;
};

const cell = (name: string, ...content: readonly (Node | string)[]): HTMLElement =>
  h('td', { role: 'cell', class: `board__${name}` }, ...content);

const ageOf = ({ patient }: Bed, now: Date): Node | string => {
  if (patient.birthDate === undefined) return 'Not recorded';
  const { shown, said } = age(patient.birthDate, londonDay(now));
  return shownAndSaid(shown, said);
};

const numberOf = ({ patient }: Bed): readonly (Node | string)[] => {
  if (patient.nhsNumber === undefined) return [h('span', { class: 'quiet' }, 'Not recorded')];
  const number = h('span', { class: 'board__digits' }, nhsNumber(patient.nhsNumber));
  return patient.traced ? [number] : [number, ' ', h('span', { class: 'tag' }, 'Not traced')];
};

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

const figure = (number: string, what: string): HTMLElement =>
  h('span', { class: 'summary__figure' }, h('strong', {}, number), ` ${what}`);
