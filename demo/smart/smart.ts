/**
 * An app that an EPR launches. The EPR says who the patient is, `fhirclient` keeps the session, and the banner follows
 * it.
 */
import FHIR from 'fhirclient';

import { followSmart } from '../../src/contexts/smart.js';
import { signIn, type Banner } from '../epr/banner-tag.js';
import { byId, h } from '../epr/dom.js';
import { patientName } from '../epr/patient-header.js';
import { people } from '../shared/people.js';

const session = async (): Promise<void> => {
  const asked = new URLSearchParams(location.search);
  if (asked.has('iss')) {
    await FHIR.oauth2.authorize({
      clientId: 'cp-is-banner-demo',
      scope: 'launch patient/Patient.read patient/Encounter.read',
      redirectUri: location.pathname,
    });
    return;
  }
  if (!asked.has('code') && !sessionStorage.getItem('SMART_KEY')) {
    byId('says').textContent = 'No patient: the EPR has not launched this app.';
    return;
  }
  const client = await FHIR.oauth2.ready();
  byId('says').textContent = 'Launched by the EPR with a patient.';
  followSmart(document.querySelector<Banner & { clear: () => void }>('cp-is-banner')!, client);
};

const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/London' });
const launches = people(today).flatMap((person, index) => {
  const name = patientName(person);
  const link = (text: string, query: string): HTMLElement =>
    h('a', { href: `/ehr/launch?person=${index}${query}` }, text);
  return index > 8 ? [] : [h('li', {}, link(name, ''), ' · ', link(`${name}, whose stay is over`, '&status=finished'))];
});
byId('launches').append(...launches);

signIn('demo-ed-doctor');
session().catch(() => {
  byId('says').textContent = 'The EPR’s session could not be used. Launch again.';
});
