/** Why someone is in the Emergency Department, as triage and the first clinician wrote it down. */
export interface Story {
  area: Area;
  complaint: string;
  triage: Triage;
  /** Minutes since arrival. */
  waited: number;
  /** How they came, and with whom. */
  came: string;
  /** The triage note. */
  note: string;
  observations: Observations;
  orders: readonly Order[];
  /** The first clinician's note, once someone has seen them. */
  seen?: string;
  allergies?: string;
}

export type Area = 'Resus' | 'Majors' | 'Paediatrics' | 'Minors' | 'Waiting room';

/** Manchester Triage System. */
export type Triage = 1 | 2 | 3 | 4 | 5;

/** At triage. Blood pressure is often not taken in a small child. */
export interface Observations {
  breaths: number;
  oxygen: number;
  pulse: number;
  pressure?: string;
  temperature: number;
  pain?: number;
}

export type Order = readonly [what: string, state: 'Requested' | 'In progress' | 'Given' | 'Done' | 'Result back'];

export const triageNames: Readonly<Record<Triage, string>> = {
  1: 'Immediate',
  2: 'Very urgent',
  3: 'Urgent',
  4: 'Standard',
  5: 'Non-urgent',
};
