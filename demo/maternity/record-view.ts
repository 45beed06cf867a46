/** The clinical part of a mother's or a baby's record, below the banner. */
import { h } from '../epr/dom.js';
import { dateAndTime, londonDay } from '../epr/format.js';
import { patientName } from '../epr/patient-header.js';
import { card, columns, facts, note, observationsTable, orders } from '../epr/record.js';
import type { Admission } from './admissions.js';

/** Minutes from admission to the first entry. */
const TO_ENTRY = 10;

export const maternityRecord = (admission: Admission, all: readonly Admission[], now: Date) => {
  const { story, arrived, label } = admission;
  const at = (minutes: number): string => dateAndTime(new Date(arrived.getTime() + minutes * 60_000), londonDay(now));
  const isBaby = story.family?.as === 'Mother';
  return columns(
    [
      card(
        isBaby ? 'Baby' : 'Reason for admission',
        h('p', { class: 'record__complaint' }, story.reason),
        facts(
          [story.stage.startsWith('Day') ? 'After birth' : 'Weeks', story.stage],
          [isBaby ? 'Birth weight' : 'Parity', story.parity],
          ['Admitted', at(0)],
        ),
      ),
      card(
        'Notes',
        ...(story.seen ? [note(at(story.seen[0]), story.seen[1], story.seen[2])] : []),
        note(at(TO_ENTRY), `${story.midwife}, admission`, story.note),
      ),
      card(
        isBaby ? 'Newborn observations' : 'Maternity observations',
        observationsTable(
          `Observations, taken by ${story.midwife}`,
          [at(TO_ENTRY)],
          story.observations.map(([measure, unit, value]) => [measure, unit, [value]]),
        ),
      ),
    ],
    [
      family(admission, all),
      card(isBaby || story.family ? 'Birth' : 'This pregnancy', facts(...story.summary)),
      card('Orders and results', orders(story.orders)),
      card('This admission', facts(['Bed', label], ['Midwife', story.midwife], ['Consultant', story.consultant])),
    ],
  );
};

/** A link to the other record. Opening it is a check of that patient too, so it is never opened automatically. */
const family = ({ story }: Admission, all: readonly Admission[]): HTMLElement | undefined => {
  const other = all.find(({ patient }) => patient.nhsNumber === story.family?.nhsNumber);
  return (
    other && card(story.family?.as ?? '', h('p', {}, h('a', { href: `#${other.id}` }, patientName(other.patient))))
  );
};
