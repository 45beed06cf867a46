/** Why someone has an appointment, and what their GP record holds. */
export interface Story {
  nhsNumber: string;
  reason: string;
  mode: 'Surgery' | 'Phone' | 'Video';
  /** In minutes; 10 is usual. */
  length?: number;
  problems: readonly string[];
  /** Repeat medicines. */
  medicines: readonly string[];
  /** Recalls and reviews, each with its progress. */
  due: readonly (readonly [what: string, state: string])[];
  /** The last time they were seen: days ago, by whom, what was written. */
  last: readonly [daysAgo: number, by: string, text: string];
  /** Today's entry, if it has been begun. */
  today?: Consultation;
  allergies?: string;
}

export interface Consultation {
  history: string;
  examination: string;
  plan: string;
}
