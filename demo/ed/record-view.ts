/** The clinical part of a patient's record, as it stands under the banner. */
import { h } from '../dom.js';
import { dateAndTime, londonDay } from '../format.js';
import type { Bed } from './board.js';
import { triageMark } from './board-view.js';
import type { Observations } from './story.js';

/** Minutes from arrival to triage, and from triage to the second observations. */
const TO_TRIAGE = 7;
const TO_SECOND = 45;

export const clinicalRecord = (bed: Bed, now: Date): readonly HTMLElement[] => {
  const { story } = bed;
  const at = (minutes: number): string =>
    dateAndTime(new Date(bed.arrived.getTime() + minutes * 60_000), londonDay(now));
  return [
    h(
      'div',
      { class: 'record__main' },
      card(
        'Presenting complaint',
        h('p', { class: 'record__complaint' }, story.complaint),
        facts(['Triage', triageMark(story.triage)], ['Arrived', at(0)], ['How', story.came]),
      ),
      card('Notes', ...notes(bed, at)),
      card('Observations', observations(bed, at)),
    ),
    h(
      'div',
      { class: 'record__side' },
      card(
        'This attendance',
        facts(
          ['Location', bed.location],
          ['Clinician', bed.clinician ?? 'Not yet seen'],
          ['Nurse', bed.nurse],
          ['On the record', bed.onRecord ?? 'No notes before today'],
        ),
      ),
      card(
        'Orders and results',
        h(
          'ul',
          { class: 'orders' },
          ...story.orders.map(([what, state]) =>
            h('li', {}, h('span', {}, what), h('span', { class: 'orders__state', 'data-state': state }, state)),
          ),
        ),
      ),
    ),
  ];
};

const card = (title: string, ...content: readonly (Node | string)[]): HTMLElement =>
  h('section', { class: 'card' }, h('h2', { class: 'card__title' }, title), ...content);

const facts = (...rows: readonly (readonly [string, Node | string])[]): HTMLElement =>
  h('dl', { class: 'facts' }, ...rows.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))));

type At = (minutes: number) => string;

/** Newest first, as notes are kept. */
const notes = ({ story, clinician, nurse }: Bed, at: At): readonly HTMLElement[] => [
  ...(story.seen === undefined ? [] : [note(at(Math.min(story.waited, TO_TRIAGE + 12)), clinician ?? '', story.seen)]),
  note(at(TO_TRIAGE), `${nurse}, triage`, story.note),
];

const note = (time: string, by: string, text: string): HTMLElement =>
  h(
    'article',
    { class: 'note' },
    h('p', { class: 'note__by' }, h('span', { class: 'note__time' }, time), ' ', by),
    h('p', { class: 'note__text' }, text),
  );

const observations = ({ story, nurse }: Bed, at: At): HTMLElement => {
  const sets: readonly (readonly [string, Observations])[] = [
    [at(TO_TRIAGE), story.observations],
    ...(story.waited > TO_TRIAGE + TO_SECOND
      ? ([[at(TO_TRIAGE + TO_SECOND), later(story.observations)]] as const)
      : []),
  ];
  const row = (label: string, unit: string, value: (set: Observations) => string | undefined): HTMLElement =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, label, ' ', h('span', { class: 'quiet' }, unit)),
      ...sets.map(([, set]) => h('td', {}, value(set) ?? h('span', { class: 'quiet' }, 'Not recorded'))),
    );
  return h(
    'table',
    { class: 'observations' },
    h('caption', { class: 'visually-hidden' }, `Observations, taken by ${nurse}`),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'Measure'),
        ...sets.map(([time], index) => h('th', { scope: 'col' }, time, index === 0 ? ' triage' : '')),
      ),
    ),
    h(
      'tbody',
      {},
      row('Respiratory rate', '/min', (set) => String(set.breaths)),
      row('SpO₂', '% on air', (set) => String(set.oxygen)),
      row('Pulse', '/min', (set) => String(set.pulse)),
      row('Blood pressure', 'mmHg', (set) => set.pressure),
      row('Temperature', '°C', (set) => set.temperature.toFixed(1)),
      row('Pain', '/10', (set) => set.pain?.toString()),
    ),
  );
};

/** A little better after the first treatment. */
const later = (first: Observations): Observations => ({
  ...first,
  breaths: first.breaths - 2,
  oxygen: Math.min(100, first.oxygen + 1),
  pulse: first.pulse - 6,
  temperature: first.temperature > 37.8 ? first.temperature - 0.5 : first.temperature,
  ...(first.pain === undefined ? {} : { pain: Math.max(0, first.pain - 2) }),
});
