/** A call to NHS 111, as known from the telephone and the first minute. */
import { londonDay } from '../epr/format.js';
import type { Listed } from '../epr/list-and-record.js';
import { newEncounter } from '../epr/new-encounter.js';
import { known, patients } from '../epr/patients.js';
import { stories } from './stories.js';

export interface Story {
  nhsNumber: string;
  /** "Mother", or "Patient" when they ring for themselves. */
  caller: string;
  callerName: string;
  /** From the range that Ofcom keeps for drama. */
  ringBack: string;
  where: string;
  reason: string;
  priority: 'Urgent' | 'Routine';
  /** Minutes in the queue. */
  waited: number;
  pathway: string;
  questions: readonly string[];
}

export type Reply = 'Yes' | 'No' | 'Not sure';
export const replies: readonly Reply[] = ['Yes', 'No', 'Not sure'];

export interface Call extends Listed {
  story: Story;
  rang: Date;
  /** What has been answered so far. It stays if the handler looks at the queue and comes back. */
  answered: Map<number, Reply>;
  taken: Date | undefined;
  ended: boolean;
}

/** The possible outcomes of the call, most urgent first. */
export const dispositions: readonly string[] = [
  'Ambulance now',
  'Emergency Department within 1 hour',
  'Clinician rings back within 30 minutes',
  'GP out of hours within 6 hours',
  'Pharmacy, or care at home with advice',
];

/** Urgent calls first, then whoever has waited longest. */
export const calls = (now: Date): readonly Call[] => {
  const all = patients(londonDay(now));
  return [...stories]
    .sort((a, b) => Number(b.priority === 'Urgent') - Number(a.priority === 'Urgent') || b.waited - a.waited)
    .map((story, index) => ({
      ...known(all, story.nhsNumber),
      id: `call-${index + 1}`,
      label: `Call ${index + 1}`,
      encounter: newEncounter(),
      story,
      rang: new Date(now.getTime() - story.waited * 60_000),
      answered: new Map<number, Reply>(),
      taken: undefined,
      ended: false,
    }));
};
