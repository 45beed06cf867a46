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
