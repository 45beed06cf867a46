/** The demo's people as a screen lists them: by traced NHS number, each with their place in `people()`. */
import type { Patient } from './patient-header.js';
import { people } from '../shared/people.js';

export interface Known {
  person: string;
  patient: Patient;
  /** What the record already said before today. */
  onRecord: string | undefined;
}

/** @param today YYYY-MM-DD */
export const patients = (today: string): ReadonlyMap<string, Known> =>
  new Map(
    people(today).map(({ note, ...rest }, index) => [
      rest.nhsNumber,
      { person: String(index), patient: { ...rest, traced: true }, onRecord: note },
    ]),
  );

/** One of them. A screen that lists somebody else has a mistake. */
export const known = (all: ReadonlyMap<string, Known>, nhsNumber: string): Known => {
  const one = all.get(nhsNumber);
  if (!one) throw new Error('A story is about someone who is not among the demo’s people');
  return one;
};
