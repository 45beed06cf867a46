/** Who is in the maternity unit now. */
import { londonDay } from '../epr/format.js';
import type { Listed } from '../epr/list-and-record.js';
import { newEncounter } from '../epr/new-encounter.js';
import { known, patients } from '../epr/patients.js';
import { stories } from './stories.js';
import type { Story, Ward } from './story.js';

/** One line of the board, named after its bed. */
export interface Admission extends Listed {
  story: Story;
  onRecord: string | undefined;
  arrived: Date;
}

export const wards: readonly Ward[] = ['Triage', 'Labour ward', 'Antenatal', 'Postnatal'];

export const admissions = (now: Date): readonly Admission[] => {
  const today = londonDay(now);
  const all = patients(today);
  const beds = new Map<Ward, number>();
  /** A baby lies in a cot beside the previous bed. */
  const bed = ({ ward, family }: Story): string => {
    const number = (beds.get(ward) ?? 0) + (family?.as === 'Mother' ? 0 : 1);
    beds.set(ward, number);
    return `${ward} ${number}${family?.as === 'Mother' ? ', cot' : ''}`;
  };
  return stories
    .map((story, index) => {
      const { person, patient, onRecord } = known(all, story.nhsNumber);
      return {
        id: `bed-${index + 1}`,
        label: bed(story),
        person,
        patient: { ...patient, notes: [['Allergies', story.allergies ?? 'None known']] } satisfies Admission['patient'],
        encounter: newEncounter(),
        story,
        onRecord,
        arrived: new Date(now.getTime() - story.waited * 60_000),
      };
    })
    .sort((a, b) => wards.indexOf(a.story.ward) - wards.indexOf(b.story.ward));
};
