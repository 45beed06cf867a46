/** Who is in the department now: the demo's people, each with a reason to be here, and two without a traced number. */
import { daysOld, londonDay, monthsOld } from '../epr/format.js';
import type { Listed } from '../epr/list-and-record.js';
import { newEncounter } from '../epr/new-encounter.js';
import type { Patient } from '../epr/patient-header.js';
import { people, type Person } from '../shared/people.js';
import { adults, olderAdults, postnatal, pregnant } from './stories-adults.js';
import { infants, newborns } from './stories-babies.js';
import { children, teenagers, toddlers } from './stories-children.js';
import { untraced } from './untraced.js';
import type { Area, Story } from './story.js';

/** One line of the board, named after its bay. */
export interface Bed extends Listed {
  /** What the record already said before today. */
  onRecord: string | undefined;
  story: Story;
  arrived: Date;
  clinician: string | undefined;
  nurse: string;
}

export const areas: readonly Area[] = ['Resus', 'Majors', 'Paediatrics', 'Minors', 'Waiting room'];
const bayNames: Partial<Record<Area, string>> = { Paediatrics: 'Paeds' };

const doctors = ['Dr Rohan MEHTA', 'Dr Eleanor WARD', 'Dr Tunde BALOGUN', 'ENP Marta RUIZ'];
const nurses = ['Ms Hannah LEWIS', 'Mr Daniel OSEI', 'Ms Aoife BYRNE'];

/** The board by area and bay; the waiting room by urgency, then by who came first. */
export const board = (now: Date): readonly Bed[] => {
  const today = londonDay(now);
  const bays = new Map<Area, number>();
  const bay = (area: Area): string => {
    if (area === 'Waiting room') return area;
    const number = (bays.get(area) ?? 0) + 1;
    bays.set(area, number);
    return `${bayNames[area] ?? area} ${number}`;
  };
  const everyone = [
    ...withStories(people(today), today),
    ...untraced(today).map((one) => ({ ...one, onRecord: undefined })),
  ];
  return everyone
    .map(({ person, patient, onRecord, story }, index) => ({
      id: `bed-${index + 1}`,
      person,
      label: bay(story.area),
      patient: { ...patient, notes: [['Allergies', story.allergies ?? 'None known']] } satisfies Patient,
      onRecord,
      story,
      arrived: new Date(now.getTime() - story.waited * 60_000),
      clinician: story.seen === undefined ? undefined : doctors[index % doctors.length],
      nurse: nurses[index % nurses.length] ?? '',
      encounter: newEncounter(),
    }))
    .sort(
      (a, b) =>
        areas.indexOf(a.story.area) - areas.indexOf(b.story.area) ||
        (a.story.area === 'Waiting room' ? a.story.triage - b.story.triage || b.story.waited - a.story.waited : 0),
    );
};

/** Each person gets the next story of their kind, so the same people always come with the same stories. */
const withStories = (everyone: readonly Person[], today: string) => {
  const told = new Map<readonly Story[], number>();
  return everyone.map((person, index) => {
    const stories = storiesFor(person, today);
    const count = told.get(stories) ?? 0;
    told.set(stories, count + 1);
    const story = stories[count % stories.length];
    if (!story) throw new Error('Every kind of patient needs a story');
    const { note, ...rest } = person;
    return { person: String(index), patient: { ...rest, traced: true }, onRecord: note, story };
  });
};

const storiesFor = ({ birthDate, note = '' }: Person, today: string): readonly Story[] => {
  if (/^pregnant/i.test(note)) return pregnant;
  if (/gave birth|after birth/i.test(note)) return postnatal;
  if (daysOld(birthDate, today) < 28) return newborns;
  const years = monthsOld(birthDate, today) / 12;
  if (years < 2) return infants;
  if (years < 5) return toddlers;
  if (years < 12) return children;
  if (years < 18) return teenagers;
  return years < 65 ? adults : olderAdults;
};
