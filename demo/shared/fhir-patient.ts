import { people, type Person } from './people.js';

/** The demo's people as an EPR holds them in FHIR. Pure, for both the browser and Node. */
export interface FhirPatient {
  resourceType: 'Patient';
  id: string;
  [element: string]: unknown;
}

/** By FHIR id: `person-` and the place in `people()`. @param today YYYY-MM-DD */
export const fhirPatients = (today: string): ReadonlyMap<string, FhirPatient> =>
  new Map(people(today).map((person, index) => [`person-${index}`, fhirPatient(`person-${index}`, person)]));

const fhirPatient = (id: string, { nhsNumber, familyName, givenName, birthDate, gender }: Person): FhirPatient => ({
  resourceType: 'Patient',
  id,
  identifier: [
    {
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
          valueCodeableConcept: {
            coding: [
              {
                system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland',
                code: '01',
                display: 'Number present and verified',
              },
            ],
          },
        },
      ],
      system: 'https://fhir.nhs.uk/Id/nhs-number',
      value: nhsNumber,
    },
  ],
  name: [{ use: 'official', family: familyName, given: [givenName] }],
  gender,
  birthDate,
});

/** One patient's stay. */
export const fhirEncounter = (id: string, patient: string, status: string): Record<string, unknown> => ({
  resourceType: 'Encounter',
  id,
  status,
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER' },
  subject: { reference: `Patient/${patient}` },
});
