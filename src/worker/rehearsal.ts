import type { Rehearsal } from '../contract/register-service.js';
import { nhsNumberSystem } from '../domain/nhs-number.js';
import type { PatientOpen } from '../domain/patient-open.js';
import { parseAuditEvents } from '../register/parse-audit-event.js';
import { parseCareTeams } from '../register/parse-care-team.js';
import { readJson } from '../register/read-json.js';
import { openName } from './open-name.js';

/** Nobody's number: its check digit is wrong. */
const nhsNumber = '0000000001';
const open: PatientOpen = {
  baseUrl: '',
  registerApi: 'cp-is',
  user: '',
  nhsNumber,
  encounter: '',
  attendance: 'unscheduled',
};

const text = 'invented';
const coded = { coding: [{ code: '342191000000101' }, { code: 'ASSIGNED', display: text }] };
const patient = { identifier: { system: nhsNumberSystem, value: nhsNumber }, display: text };
/** Every field that the parsers read, in one resource. */
const resource = {
  id: text,
  subject: patient,
  category: [coded],
  period: { start: '2026-01-01' },
  name: text,
  telecom: [{ value: text, use: 'work' }],
  recorded: '2026-01-01T00:00:00Z',
  agent: [
    { type: { coding: [{ code: 'PAT' }] }, who: patient },
    { type: coded, who: { reference: `PractitionerRole/${text}` } },
  ],
  practitioner: patient,
  organization: patient,
  code: [coded],
};
const body = JSON.stringify({
  resourceType: 'Bundle',
  type: 'searchset',
  total: 2,
  entry: ['CareTeam', 'AuditEvent', 'PractitionerRole'].map((resourceType) => ({
    fullUrl: `${resourceType}/${text}`,
    resource: { ...resource, resourceType },
  })),
});

/** Reads an invented body, so that the code is warm for the first real one. Sends no request. */
export async function rehearse(): Promise<Rehearsal> {
  await openName(open);
  const now = Date.now();
  const plans = parseCareTeams(readJson(body).body, nhsNumber);
  const accesses = parseAuditEvents(readJson(body).body, nhsNumber);
  if (plans.kind !== 'held' || accesses === undefined || typeof accesses === 'string') return { open, news: [] };
  return {
    open,
    news: [
      { kind: 'reply', reply: { ...plans, nhsNumber, checkedAt: now, clock: 0 } },
      { kind: 'visits', visits: { kind: 'shown', ...accesses, respondedAt: now } },
    ],
  };
}
