import { randomUUID } from 'node:crypto';

import type { EventMessage } from '../shared/fhircast-messages.js';

/** An OperationOutcome that says which event could not be followed, and by whom. */
export const syncError = (topic: string, { id, event }: EventMessage, subscriber: string): EventMessage => {
  const coded = (what: string, code: string): object => ({
    system: `https://fhircast.hl7.org/events/syncerror/${what}`,
    code,
  });
  const coding = [coded('eventid', id), coded('eventname', event['hub.event'])];
  if (subscriber !== '') coding.push(coded('subscriber', subscriber));
  const issue = [{ severity: 'warning', code: 'processing', diagnostics: 'An event was refused', details: { coding } }];
  const context = [{ key: 'operationoutcome', resource: { resourceType: 'OperationOutcome', issue } }];
  return {
    timestamp: new Date().toISOString(),
    id: randomUUID(),
    event: { 'hub.topic': topic, 'hub.event': 'SyncError', context },
  };
};
