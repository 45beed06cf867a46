/** Why someone is in the maternity unit: a woman before or after birth, or a baby beside her. */
export interface Story {
  nhsNumber: string;
  ward: Ward;
  /** "31+4", or "Day 2" after birth. */
  stage: string;
  /** Pregnancies and births so far; a baby has a birth weight instead. */
  parity: string;
  reason: string;
  /** Minutes since admission. */
  waited: number;
  midwife: string;
  consultant: string;
  /** What the admission entry says. */
  note: string;
  /** The newest entry after that: minutes since admission, by whom, what. */
  seen?: readonly [minutes: number, by: string, text: string];
  observations: Observations;
  /** What belongs to the pregnancy or to the birth. */
  summary: readonly (readonly [label: string, value: string])[];
  orders: readonly (readonly [what: string, state: string])[];
  /** The other one of mother and baby. */
  family?: { nhsNumber: string; as: 'Mother' | 'Baby' };
  allergies?: string;
}

export type Ward = 'Triage' | 'Antenatal' | 'Labour ward' | 'Postnatal';

/** On admission: label, unit, value. What is watched in a mother is not what is watched in a baby. */
export type Observations = readonly (readonly [label: string, unit: string, value: string])[];
