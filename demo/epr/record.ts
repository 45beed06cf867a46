/** Parts that every record is made of. */
import { h, type Child } from './dom.js';

export const card = (title: string, ...content: readonly Child[]): HTMLElement =>
  h('section', { class: 'card' }, h('h2', { class: 'card__title' }, title), ...content);

export const facts = (...rows: readonly (readonly [label: string, value: Node | string])[]): HTMLElement =>
  h('dl', { class: 'facts' }, ...rows.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))));

/** A dated entry: when, by whom, and what they wrote. */
export const note = (time: string, by: string, text: string): HTMLElement =>
  h(
    'article',
    { class: 'note' },
    h('p', { class: 'note__by' }, h('span', { class: 'note__time' }, time), ' ', by),
    h('p', { class: 'note__text' }, text),
  );

/** What was ordered, given or is due, each with its progress. */
export const orders = (rows: readonly (readonly [what: string, state: string])[]): HTMLElement =>
  h(
    'ul',
    { class: 'orders' },
    ...rows.map(([what, state]) =>
      h('li', {}, h('span', {}, what), h('span', { class: 'orders__state', 'data-state': state }, state)),
    ),
  );

/** One measure per row and one time per column, the newest last. */
export const observationsTable = (
  caption: string,
  times: readonly string[],
  rows: readonly (readonly [label: string, unit: string, values: readonly (string | undefined)[]])[],
): HTMLElement =>
  h(
    'table',
    { class: 'observations' },
    h('caption', { class: 'visually-hidden' }, caption),
    h(
      'thead',
      {},
      h('tr', {}, h('th', { scope: 'col' }, 'Measure'), ...times.map((time) => h('th', { scope: 'col' }, time))),
    ),
    h(
      'tbody',
      {},
      ...rows.map(([label, unit, values]) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, label, ' ', h('span', { class: 'quiet' }, unit)),
          ...values.map((value) => h('td', {}, value ?? h('span', { class: 'quiet' }, 'Not recorded'))),
        ),
      ),
    ),
  );

/** The two columns of a record. */
export const columns = (main: readonly Child[], side: readonly Child[]): readonly HTMLElement[] => [
  h('div', { class: 'record__main' }, ...main),
  h('div', { class: 'record__side' }, ...side),
];
