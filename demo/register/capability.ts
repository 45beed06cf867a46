import { offsetDateTime } from '../shared/time.js';

const searchable = (type: string, includes: readonly string[] = []) => ({
  type,
  interaction: [{ code: 'search-type' }],
  ...(includes.length > 0 && { searchInclude: includes }),
  searchParam: [{ name: 'patient', type: 'reference', documentation: 'Only as patient:identifier, by NHS number' }],
});

/** What the register can do, in FHIR's own terms: a CapabilityStatement. */
export const capabilityStatement = (base: string, now: number) => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: offsetDateTime(now),
  kind: 'instance',
  software: { name: 'CP-IS sandbox register' },
  implementation: { description: 'Invented people only', url: base },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json'],
  rest: [
    {
      mode: 'server',
      documentation:
        'Every search needs Authorization, TraceID and IsUnscheduledAccessEvent. An unscheduled search is recorded as an access; a scheduled one is not, and alerts nobody.',
      resource: [searchable('CareTeam'), searchable('AuditEvent', ['AuditEvent:entity-type'])],
    },
  ],
});
