/** The messages between the FHIRcast hub, its subscribers and those who try it out. */

export interface EventMessage {
  timestamp: string;
  id: string;
  event: { 'hub.topic': string; 'hub.event': string; context: unknown[] };
}

/** A subscriber's answer to an event. Medplum's client gives no status. */
export interface Acknowledgement {
  id: string;
  status?: string;
}

/** What a subscriber says on its socket, if it is an acknowledgement. */
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

/** How the hub misbehaves, for adapters that must cope with it. */
export interface HubFaults {
  /** Subscriptions are refused with this HTTP status. */
  refuse?: 400 | 401 | 403 | 500 | 503;
  /** Subscriptions are accepted and then denied on the socket. */
  deny?: boolean;
  /** Sockets open, but nothing is confirmed. */
  silent?: boolean;
  leaseSeconds?: number;
  /** The lease cannot be renewed, and expires. */
  noRenewal?: boolean;
  /** How many more times every event is sent. */
  replays?: number;
  /** Event names are written as in STU2. */
  lowerCase?: boolean;
  /** How many bytes of rubbish go before every event. */
  rubbish?: number;
}

/** What the sandbox says about a topic. */
export interface Seen {
  subscribers: number;
  /** Subscriptions and renewals that have been confirmed. */
  confirmed: number;
  acknowledged: readonly Acknowledgement[];
}
