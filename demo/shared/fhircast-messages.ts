/** What goes between the FHIRcast hub, its subscribers and those who try it. */

export interface EventMessage {
  timestamp: string;
  id: string;
  event: { 'hub.topic': string; 'hub.event': string; context: unknown[] };
}

/** A body that is an event as STU3 has it; undefined for any other. */
export const eventOf = (body: unknown): EventMessage | undefined => {
  const { timestamp, id, event } = (body ?? {}) as Partial<Record<keyof EventMessage, unknown>>;
  const of = (event ?? {}) as Partial<Record<keyof EventMessage['event'], unknown>>;
  const whole = [timestamp, id, of['hub.topic'], of['hub.event']].every(
    (text) => typeof text === 'string' && text !== '',
  );
  return whole && Array.isArray(of.context) ? (body as EventMessage) : undefined;
};

/** What a subscriber says of an event. Medplum's client gives no status. */
export interface Acknowledgement {
  id: string;
  status?: string;
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
