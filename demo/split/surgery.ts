/** A GP's morning list for the split view: the people of the ED's board, opened in scheduled care. */
import { closePatient, openPatient, signIn } from '../banner-tag.js';
import { byId, h } from '../dom.js';
import { age, londonDay, nhsNumber } from '../format.js';
import { newEncounter } from '../new-encounter.js';
import { patientHeader, patientName, type Patient } from '../patient-header.js';
import { people } from '../people.js';

interface Appointment {
  /** What the address bar shows; it says nothing about the patient. */
  id: string;
  /** The row's index in `people()`. For tests. */
  person: string;
  time: string;
  patient: Patient;
  encounter: string;
}

const today = londonDay(new Date());
const appointments: readonly Appointment[] = people(today).map((person, index) => ({
  id: `slot-${index + 1}`,
  person: String(index),
  time: `${String(8 + Math.floor(index / 6)).padStart(2, '0')}:${String((index % 6) * 10).padStart(2, '0')}`,
  patient: { ...person, traced: true },
  encounter: newEncounter(),
}));

const row = ({ id, person, time, patient }: Appointment): HTMLElement =>
  h(
    'li',
    { class: 'slot', 'data-person': person },
    h('span', { class: 'slot__time' }, time),
    h('a', { href: `#${id}` }, patientName(patient)),
    h('span', {}, patient.birthDate === undefined ? '' : age(patient.birthDate, today).shown),
    h('span', { class: 'slot__number' }, nhsNumber(patient.nhsNumber ?? '')),
  );

/** The address bar decides: `#slot-7` opens that appointment, anything else is the list. */
const followAddress = (moveFocus: boolean): void => {
  const appointment = appointments.find(({ id }) => `#${id}` === location.hash);
  byId('list').hidden = appointment !== undefined;
  byId('record').hidden = appointment === undefined;
  scrollTo(0, 0);
  if (!appointment) {
    closePatient();
    byId('patient').replaceChildren();
    if (moveFocus) byId('list-title').focus();
    return;
  }
  openPatient({ nhsNumber: appointment.patient.nhsNumber, traced: true, encounter: appointment.encounter });
  byId('patient').replaceChildren(patientHeader(appointment.patient, today));
  if (moveFocus) byId('patient').querySelector('h1')?.focus({ preventScroll: true });
};

byId('appointments').append(h('ol', { class: 'slots' }, ...appointments.map(row)));
addEventListener('hashchange', () => followAddress(true));
signIn('demo-gp');
followAddress(false);
