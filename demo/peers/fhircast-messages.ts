import { randomUUID } from 'node:crypto';

/** What goes between the FHIRcast hub, its subscribers and those who try it. */

export interface EventMessage {
  timestamp: string;
  id: string;
  event: { 'hub.topic': string; 'hub.event': string; context: unknown[] };
}

/** What a subscriber says of an event. Medplum's client gives no status. */
export interface Acknowledgement {
  id: string;
  status?: string;
}

/** What a subscriber says on its socket, where it is an acknowledgement. */
export function acknowledgementOf(data: unknown): Acknowledgement | undefined {
  try {
    const said = JSON.parse(String(data)) as Partial<Record<keyof Acknowledgement, unknown>> | null;
    if (typeof said?.id !== 'string') return undefined;
    const { id, status } = said;
    // A string in STU3's examples, a number in its table.
    return typeof status === 'string' || typeof status === 'number' ? { id, status: String(status) } : { id };
  } catch {
    return undefined;
  }
}

/** An OperationOutcome that says whose event could not be followed, and by whom. */
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

/** How the hub misbehaves, for those who must bear it. */
export interface HubFaults {
  /** Subscriptions are refused with this HTTP status. */
  refuse?: 400 | 401 | 403 | 500 | 503;
  /** Subscriptions are accepted and then denied on the socket. */
  deny?: boolean;
  /** Sockets open and nothing is confirmed. */
  silent?: boolean;
  leaseSeconds?: number;
  /** The lease cannot be renewed, and lapses. */
  noRenewal?: boolean;
  /** Every event goes out so many times more. */
  replays?: number;
  /** Event names as in STU2. */
  lowerCase?: boolean;
  /** So many bytes of rubbish go before every event. */
  rubbish?: number;
}

/** What the sandbox tells of a topic. */
export interface Seen {
  subscribers: number;
  /** Subscriptions and renewals that have been confirmed. */
  confirmed: number;
  acknowledged: readonly Acknowledgement[];
}
