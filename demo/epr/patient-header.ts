/**
 * The patient header of an NHS EPR: who this is, in the same form on every screen (NHS Common User Interface, patient
 * banner).
 */
import { h, shownAndSaid, spoken } from './dom.js';
import { age, date, nhsNumber } from './format.js';

export interface Patient {
  familyName: string;
  givenName: string;
  /** YYYY-MM-DD */
  birthDate: string | undefined;
  gender: 'female' | 'male' | undefined;
  nhsNumber: string | undefined;
  /** Whether the number is traced on the Personal Demographics Service. */
  traced: boolean;
  /** Sex, allergies and the like: a second line that every reader must know. */
  notes?: readonly (readonly [label: string, value: string])[];
}

const NOT_RECORDED = 'Not recorded';

/** The heading takes the focus when a patient is opened, because it must be read first. */
export const patientHeader = (patient: Patient, today: string): HTMLElement =>
  h(
    'header',
    { class: 'patient', 'aria-label': 'Patient' },
    h(
      'div',
      { class: 'patient__who' },
      h('h1', { class: 'patient__name', tabindex: '-1' }, patientName(patient)),
      h(
        'dl',
        { class: 'patient__facts' },
        ...fact('Born', born(patient.birthDate, today)),
        ...fact('Gender', gender(patient.gender)),
        ...fact('NHS No.', ...number(patient)),
      ),
    ),
    patient.notes &&
      h('dl', { class: 'patient__notes' }, ...patient.notes.flatMap(([label, value]) => fact(label, value))),
  );

/** HASSAN, Aaliyah */
export const patientName = ({ familyName, givenName }: Pick<Patient, 'familyName' | 'givenName'>): string =>
  `${familyName.toLocaleUpperCase('en-GB')}, ${givenName}`;

/** "Female": a capital only at the start. */
export const gender = (value: Patient['gender']): string =>
  value === undefined ? NOT_RECORDED : value === 'female' ? 'Female' : 'Male';

const born = (birthDate: string | undefined, today: string): Node | string => {
  if (birthDate === undefined) return NOT_RECORDED;
  const [day, years] = [date(birthDate), age(birthDate, today)];
  return shownAndSaid(`${day.shown} (${years.shown})`, `${day.said}, ${years.said} old`);
};

const number = ({ nhsNumber: digits, traced }: Patient): readonly (Node | string)[] => {
  if (digits === undefined) return [h('span', { class: 'patient__missing' }, NOT_RECORDED)];
  const shown = h('span', { class: 'patient__number' }, nhsNumber(digits));
  return traced ? [shown] : [shown, ' ', h('span', { class: 'tag' }, 'Not traced')];
};

const fact = (label: string, ...value: readonly (Node | string)[]): readonly [HTMLElement] => [
  h('div', { class: 'patient__fact' }, h('dt', {}, label, spoken(':')), h('dd', {}, ...value)),
];
