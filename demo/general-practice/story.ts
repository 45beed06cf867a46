/** Why someone has an appointment, and what their GP record holds. */
export interface Story {
  nhsNumber: string;
  reason: string;
  mode: 'Surgery' | 'Phone' | 'Video';
  /** Minutes; 10 is usual. */
  length?: number;
  problems: readonly string[];
  /** What is on repeat. */
  medicines: readonly string[];
  /** Recalls and reviews, with where they stand. */
  due: readonly (readonly [what: string, state: string])[];
  /** The last time they were seen: days ago, by whom, what was written. */
  last: readonly [daysAgo: number, by: string, text: string];
  /** Today's entry, where it has been begun. */
  today?: Consultation;
  allergies?: string;
}

export interface Consultation {
  history: string;
  examination: string;
  plan: string;
}
