import { people } from '../../shared/people.js';
import type { Person } from '../records.js';

/** The invented demographics: the demo's people, and a few whom nobody opens but who may be named in an upload. */
export const demographics = (today: string): readonly Person[] => [...people(today), ...uploadCases];

/** One person for each reason why an upload to an existing number is refused. */
const uploadCases: readonly Person[] = [
  {
    nhsNumber: '9993010022',
    familyName: 'Ashworth',
    givenName: 'Imogen',
    birthDate: '2018-04-09',
    gender: 'female',
    sensitive: true,
  },
  {
    nhsNumber: '9994021133',
    familyName: 'Prior',
    givenName: 'Theo',
    birthDate: '2020-09-30',
    gender: 'male',
    supersededBy: '9995032244',
  },
  { nhsNumber: '9995032244', familyName: 'Marlowe', givenName: 'Theo', birthDate: '2020-09-30', gender: 'male' },
];
