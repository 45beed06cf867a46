/** One surgery's appointments, under way now. */
import { londonDay, londonTime } from '../epr/format.js';
import type { Listed } from '../epr/list-and-record.js';
import { newEncounter } from '../epr/new-encounter.js';
import { known, patients } from '../epr/patients.js';
import { stories } from './stories.js';
import type { Story } from './story.js';

export interface Appointment extends Listed {
  story: Story;
  onRecord: string | undefined;
  at: Date;
  minutes: number;
  state: 'Seen' | 'With clinician' | 'Arrived' | 'Booked';
}

/** In minutes. */
const USUAL = 10;
/** How many have been called in so far. The last of them is still in the room. */
const CALLED_IN = 3;
/** How many more are in the waiting room. */
const WAITING = 2;

/** Surgery began long enough ago that the third appointment is under way. */
export const appointments = (now: Date): readonly Appointment[] => {
  const today = londonDay(now);
  const all = patients(today);
  let at = startOf(now);
  return stories.map((story, index) => {
    const { person, patient, onRecord } = known(all, story.nhsNumber);
    const minutes = story.length ?? USUAL;
    const starts = at;
    at = new Date(at.getTime() + minutes * 60_000);
    return {
      id: `appointment-${index + 1}`,
      label: londonTime(starts),
      person,
      patient: { ...patient, notes: [['Allergies', story.allergies ?? 'None known']] },
      encounter: newEncounter(),
      story,
      onRecord,
      at: starts,
      minutes,
      state: stateOf(index),
    };
  });
};

/** At a multiple of ten minutes. */
const startOf = (now: Date): Date => {
  const before = stories.slice(0, CALLED_IN - 1).reduce((sum, { length = USUAL }) => sum + length, 0);
  const tens = Math.floor(now.getTime() / 600_000) * 600_000;
  return new Date(tens - before * 60_000);
};

const stateOf = (index: number): Appointment['state'] => {
  if (index < CALLED_IN - 1) return 'Seen';
  if (index === CALLED_IN - 1) return 'With clinician';
  return index < CALLED_IN + WAITING ? 'Arrived' : 'Booked';
};
