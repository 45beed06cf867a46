/** An EPR that tells a FHIRcast hub who is open, and a viewer with the banner that hears only from the hub. */
import { followFhircast } from '../../src/contexts/fhircast.js';
import { signIn, type Banner } from '../epr/banner-tag.js';
import { byId, h } from '../epr/dom.js';
import { newEncounter } from '../epr/new-encounter.js';
import { patientName } from '../epr/patient-header.js';
import { fhirEncounter, fhirPatients } from '../shared/fhir-patient.js';
import { people } from '../shared/people.js';

const hub = new URL('/fhircast/hub', location.href).href;
/** The user's session. A real EPR's sign-in gives it to both; here it is made up, or taken from the address. */
const topic = new URLSearchParams(location.search).get('topic') ?? newEncounter();
const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/London' });

// ---- the EPR

const patients = [...fhirPatients(today)].slice(0, 9);
const stays = new Map(patients.map(([id]) => [id, fhirEncounter(newEncounter(), id, 'in-progress')]));
let open: string | undefined;

const publish = async (name: string, id: string): Promise<void> => {
  const context = [
    { key: 'patient', resource: patients.find(([each]) => each === id)?.[1] },
    { key: 'encounter', resource: stays.get(id) },
  ];
  const event = { 'hub.topic': topic, 'hub.event': name, context };
  await fetch(hub, {
    method: 'POST',
    headers: { Authorization: 'Bearer demo-epr', 'Content-Type': 'application/json' },
    body: JSON.stringify({ timestamp: new Date().toISOString(), id: newEncounter(), event }),
  });
};

const buttons = people(today)
  .slice(0, patients.length)
  .map((person, index) => h('button', { type: 'button', 'data-person': String(index) }, patientName(person)));

const show = (id: string | undefined): void => {
  open = id;
  for (const [index, button] of buttons.entries())
    button.setAttribute('aria-pressed', String(id === `person-${index}`));
};
for (const [index, button] of buttons.entries())
  button.addEventListener('click', () => {
    show(`person-${index}`);
    void publish('Encounter-open', `person-${index}`);
  });
byId('patients').append(...buttons.map((button) => h('li', {}, button)));
byId('close').addEventListener('click', () => {
  if (open !== undefined) void publish('Encounter-close', open);
  show(undefined);
});
byId('lost').addEventListener('change', ({ target }) => {
  const lost = (target as HTMLInputElement).checked;
  const at = (door: string): string => `/fhircast/sandbox/${topic}/${door}`;
  void fetch(at('faults'), { method: 'PUT', body: JSON.stringify(lost ? { refuse: 503 } : {}) }).then(() =>
    lost ? fetch(at('cut'), { method: 'POST' }) : undefined,
  );
});
show(undefined);

// ---- the viewer

const states = { connected: 'Connected.', lost: 'The hub is lost.', denied: 'The hub has ended the session.' };
signIn('demo-ed-nurse');
followFhircast(document.querySelector<Banner & { clear: () => void }>('cp-is-banner')!, {
  hubUrl: hub,
  topic,
  accessToken: () => Promise.resolve('demo-viewer'),
  subscriberName: 'CP-IS banner demo',
  onState: (state) => {
    byId('state').textContent = states[state];
    byId('state').dataset['state'] = state;
  },
});
