/** The clinical part of a patient's record, below the banner. */
import { h } from '../epr/dom.js';
import { dateAndTime, londonDay } from '../epr/format.js';
import { card, columns, facts, note, observationsTable, orders } from '../epr/record.js';
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
  return columns(
    [
      card(
        'Presenting complaint',
        h('p', { class: 'record__complaint' }, story.complaint),
        facts(['Triage', triageMark(story.triage)], ['Arrived', at(0)], ['How', story.came]),
      ),
      card('Notes', ...notes(bed, at)),
      card('Observations', observations(bed, at)),
    ],
    [
      card(
        'This attendance',
        facts(
          ['Location', bed.label],
          ['Clinician', bed.clinician ?? 'Not yet seen'],
          ['Nurse', bed.nurse],
          ['On the record', bed.onRecord ?? 'No notes before today'],
        ),
      ),
      card('Orders and results', orders(story.orders)),
    ],
  );
};

type At = (minutes: number) => string;

/** Newest first, as notes are kept. */
const notes = ({ story, clinician, nurse }: Bed, at: At): readonly HTMLElement[] => [
  ...(story.seen === undefined ? [] : [note(at(Math.min(story.waited, TO_TRIAGE + 12)), clinician ?? '', story.seen)]),
  note(at(TO_TRIAGE), `${nurse}, triage`, story.note),
];

const observations = ({ story, nurse }: Bed, at: At): HTMLElement => {
  const first = story.observations;
  const sets = story.waited > TO_TRIAGE + TO_SECOND ? [first, later(first)] : [first];
  const times = [`${at(TO_TRIAGE)} triage`, at(TO_TRIAGE + TO_SECOND)].slice(0, sets.length);
  const values = (value: (set: Observations) => string | undefined) => sets.map(value);
  return observationsTable(`Observations, taken by ${nurse}`, times, [
    ['Respiratory rate', '/min', values((set) => String(set.breaths))],
    ['SpO₂', '% on air', values((set) => String(set.oxygen))],
    ['Pulse', '/min', values((set) => String(set.pulse))],
    ['Blood pressure', 'mmHg', values((set) => set.pressure)],
    ['Temperature', '°C', values((set) => set.temperature.toFixed(1))],
    ['Pain', '/10', values((set) => set.pain?.toString())],
  ]);
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
