/** A list of patients: one row each, in groups. A click opens a row. The name is a link, so Enter opens it too. */
import { h, shownAndSaid, type Child } from './dom.js';
import { age, londonDay, nhsNumber } from './format.js';
import type { Listed } from './list-and-record.js';
import { patientName } from './patient-header.js';

export interface Column<Item> {
  name: string;
  /** Used in the names of CSS classes. */
  key: string;
  cell: (item: Item, now: Date) => Child | readonly Child[];
}

export interface Group<Item> {
  title?: string;
  items: readonly Item[];
}

/** The column that opens the record. It is also each row's header. */
export const patientColumn: Column<Listed> = {
  name: 'Patient',
  key: 'name',
  cell: ({ id, patient }) => h('a', { href: `#${id}` }, patientName(patient)),
};

export const ageColumn: Column<Listed> = {
  name: 'Age',
  key: 'age',
  cell: ({ patient }, now) => {
    if (patient.birthDate === undefined) return 'Not recorded';
    const { shown, said } = age(patient.birthDate, londonDay(now));
    return shownAndSaid(shown, said);
  },
};

export const numberColumn: Column<Listed> = {
  name: 'NHS number',
  key: 'number',
  cell: ({ patient }) => {
    if (patient.nhsNumber === undefined) return h('span', { class: 'quiet' }, 'Not recorded');
    const number = h('span', { class: 'board__digits' }, nhsNumber(patient.nhsNumber));
    return patient.traced ? number : [number, ' ', h('span', { class: 'tag' }, 'Not traced')];
  },
};

/** The roles are repeated because a narrow screen turns rows into cards, and that CSS would remove the table. */
export const boardTable = <Item extends Listed>(
  columns: readonly Column<Item>[],
  groups: readonly Group<Item>[],
  now: Date,
): HTMLTableElement =>
  h(
    'table',
    { class: 'board', role: 'table', 'aria-labelledby': 'board-title' },
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        ...columns.map(({ name, key }) =>
          h('th', { role: 'columnheader', scope: 'col', class: `board__column-${key}` }, name),
        ),
      ),
    ),
    ...groups
      .filter(({ items }) => items.length > 0)
      .map(({ title, items }) =>
        h(
          'tbody',
          { role: 'rowgroup' },
          title === undefined ? undefined : groupRow(title, columns.length),
          ...items.map((item) => itemRow(columns, item, now)),
        ),
      ),
  );

/** One figure in the line above a list: "7 not yet seen". */
export const figure = (number: string, what: string): HTMLElement =>
  h('span', { class: 'summary__figure' }, h('strong', {}, number), ` ${what}`);

const groupRow = (title: string, width: number): HTMLElement =>
  h(
    'tr',
    { role: 'row', class: 'board__area' },
    h('th', { role: 'rowheader', scope: 'rowgroup', colspan: String(width) }, title),
  );

const itemRow = <Item extends Listed>(columns: readonly Column<Item>[], item: Item, now: Date): HTMLElement => {
  const row = h(
    'tr',
    { role: 'row', class: 'board__row', 'data-person': item.person },
    ...columns.map(({ key, cell }) => {
      const content = [cell(item, now)].flat() as readonly Child[];
      return key === patientColumn.key
        ? h('th', { role: 'rowheader', scope: 'row', class: `board__${key}` }, ...content)
        : h('td', { role: 'cell', class: `board__${key}` }, ...content);
    }),
  );
  row.addEventListener('click', ({ target }) => {
    const selecting = getSelection()?.type === 'Range';
    const link = row.querySelector('a');
    if (!selecting && target !== link) link?.click();
  });
  return row;
};
