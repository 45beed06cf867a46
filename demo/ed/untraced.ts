/** Two patients that every real board has: one without an NHS number, and one whose number nobody has traced. */
import type { Patient } from '../epr/patient-header.js';
import type { Story } from './story.js';

interface Untraced {
  person: 'no-number' | 'not-traced';
  patient: Patient;
  story: Story;
}

/** @param today YYYY-MM-DD */
export const untraced = (today: string): readonly Untraced[] => {
  const year = Number(today.slice(0, 4));
  return [
    {
      person: 'no-number',
      patient: {
        familyName: 'Haddad',
        givenName: 'Karim',
        birthDate: `${year - 7}-01-01`,
        gender: 'male',
        nhsNumber: undefined,
        traced: false,
      },
      story: {
        area: 'Paediatrics',
        complaint: 'Fever, new to the country',
        triage: 3,
        waited: 33,
        came: 'Brought by uncle, Arabic interpreter by phone',
        note: 'Fever for three days, headache. In England for nine days. No GP yet, date of birth as the uncle gave it. Reception is tracing the NHS number.',
        observations: { breaths: 22, oxygen: 98, pulse: 116, pressure: '100/60', temperature: 38.9, pain: 3 },
        orders: [
          ['Malaria films and rapid test', 'In progress'],
          ['Blood count, CRP, blood culture', 'In progress'],
        ],
      },
    },
    {
      person: 'not-traced',
      patient: {
        familyName: 'Price',
        givenName: 'Callum',
        birthDate: `${year - 10}-03-19`,
        gender: 'male',
        nhsNumber: '9994710222',
        traced: false,
      },
      story: {
        area: 'Waiting room',
        complaint: 'Finger shut in a car door',
        triage: 4,
        waited: 14,
        came: 'Brought by stepfather',
        note: 'Left middle finger swollen, blood under the nail. NHS number read from a phone, not yet traced.',
        observations: { breaths: 18, oxygen: 99, pulse: 98, temperature: 36.7, pain: 5 },
        orders: [['X-ray left middle finger', 'Requested']],
      },
    },
  ];
};
