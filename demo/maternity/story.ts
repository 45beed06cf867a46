/** Why someone is in the maternity unit: a woman before or after birth, or a baby beside her. */
export interface Story {
  nhsNumber: string;
  ward: Ward;
  /** "31+4", or "Day 2" after birth. */
  stage: string;
  /** Pregnancies and births so far. A baby has a birth weight instead. */
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
  /** About the pregnancy or the birth. */
  summary: readonly (readonly [label: string, value: string])[];
  orders: readonly (readonly [what: string, state: string])[];
  /** The mother of this baby, or the baby of this mother. */
  family?: { nhsNumber: string; as: 'Mother' | 'Baby' };
  allergies?: string;
}

export type Ward = 'Triage' | 'Antenatal' | 'Labour ward' | 'Postnatal';

/** On admission: label, unit, value. A mother's observations differ from a baby's. */
export type Observations = readonly (readonly [label: string, unit: string, value: string])[];
