import { randomUUID } from 'node:crypto';

import type { Acknowledgement, EventMessage, HubFaults, Seen } from '../shared/fhircast-messages.js';
import { syncError } from './fhircast-sync-error.js';

export interface Subscriber {
  readonly id: string;
  /** Its socket's address, which nobody can guess. */
  readonly endpoint: string;
  readonly topic: Topic;
  name: string;
  events: ReadonlySet<string>;
  /** The lease that it asked for, in seconds. */
  wants?: number | undefined;
  send: (text: string) => void;
  close: () => void;
  lease?: ReturnType<typeof setTimeout>;
}

const usualLease = 7200;

/** One user's session at the hub: what is open in it, and its subscribers. */
export class Topic {
  readonly #name: string;
  readonly #subscribers = new Set<Subscriber>();
  /** For each anchor, the last open event that no close has followed. */
  readonly #open = new Map<string, EventMessage>();
  readonly #acknowledged: Acknowledgement[] = [];
  /** Recently sent events, in case a subscriber says that it cannot follow one. */
  readonly #sent = new Map<string, EventMessage>();
  /** A new id after every change of what is open. */
  #version: string = randomUUID();
  #confirmed = 0;
  faults: HubFaults = {};

  constructor(name: string) {
    this.#name = name;
  }

  join(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
    if (this.faults.deny === true) {
      this.deny(subscriber, 'not for you');
      return;
    }
    if (this.faults.silent === true) return;
    this.confirm(subscriber);
    for (const message of this.#open.values()) this.#tell(subscriber, message);
  }

  leave(subscriber: Subscriber): void {
    clearTimeout(subscriber.lease);
    this.#subscribers.delete(subscriber);
  }

  confirm(subscriber: Subscriber): void {
    const seconds = this.faults.leaseSeconds ?? Math.min(subscriber.wants ?? usualLease, usualLease);
    this.#confirmed++;
    subscriber.send(JSON.stringify({ ...this.#subscription('subscribe', subscriber), 'hub.lease_seconds': seconds }));
    clearTimeout(subscriber.lease);
    subscriber.lease = setTimeout(() => {
      this.deny(subscriber, 'the lease is over');
    }, seconds * 1000);
    subscriber.lease.unref();
  }

  deny(subscriber: Subscriber, reason: string): void {
    subscriber.send(JSON.stringify({ ...this.#subscription('denied', subscriber), 'hub.reason': reason }));
    subscriber.close();
    this.leave(subscriber);
  }

  publish(message: EventMessage): void {
    const [anchor = '', verb] = message.event['hub.event'].toLowerCase().split('-');
    const implied = verb === 'open' && anchor !== 'patient' ? this.#impliedBy(message) : undefined;
    if (verb === 'open' || verb === 'close') {
      // The anchor opened last goes to the end.
      this.#open.delete(anchor);
      this.#version = message.id;
    }
    if (verb === 'open') this.#open.set(anchor, message);
    // When a patient closes, everything of theirs closes too. At the home screen nothing is open.
    if (anchor === 'home' || (anchor === 'patient' && verb === 'close')) this.#open.clear();
    this.#sent.set(message.id, message);
    const [oldest = ''] = this.#sent.keys();
    if (this.#sent.size > 100) this.#sent.delete(oldest);
    for (const subscriber of this.#subscribers)
      if (implied === undefined || this.#hears(subscriber, message)) this.#tell(subscriber, message);
      else this.#tell(subscriber, implied);
  }

  /** When a subscriber cannot follow an event, the others are told (STU3 2.5). */
  acknowledge(from: Subscriber, acknowledgement: Acknowledgement): void {
    this.#acknowledged.push(acknowledgement);
    const { id, status = '200' } = acknowledgement;
    const refused = this.#sent.get(id);
    if (refused === undefined || status.startsWith('2')) return;
    const error = syncError(this.#name, refused, from.name);
    for (const subscriber of this.#subscribers) if (subscriber !== from) this.#tell(subscriber, error);
  }

  /** Sends a text unchanged to every subscriber. */
  send(text: string): void {
    for (const subscriber of this.#subscribers) subscriber.send(text);
  }

  cut(): void {
    for (const subscriber of this.#subscribers) subscriber.close();
  }

  /** FHIRcast's answer to what is open: the anchor opened last. */
  current(): unknown {
    const last = [...this.#open.values()].at(-1);
    return last === undefined
      ? { 'context.type': '', 'context.versionId': this.#version, context: [] }
      : {
          'context.type': last.event['hub.event'].split('-')[0],
          'context.versionId': this.#version,
          context: last.event.context,
        };
  }

  seen(): Seen {
    return {
      subscribers: this.#subscribers.size,
      confirmed: this.#confirmed,
      acknowledged: this.#acknowledged,
    };
  }

  /**
   * For subscribers that ask only for patients: the patient that an event about something else opens with it (STU3
   * 2.5).
   */
  #impliedBy({ timestamp, event }: EventMessage): EventMessage | undefined {
    const patient = event.context.find((part) => idIn(part) !== '');
    const open = this.#open.get('patient')?.event.context ?? [];
    if (patient === undefined || open.some((part) => idIn(part) === idIn(patient))) return undefined;
    return {
      timestamp,
      id: randomUUID(),
      event: { 'hub.topic': this.#name, 'hub.event': 'Patient-open', context: [patient] },
    };
  }

  #hears = ({ events }: Subscriber, { event }: EventMessage): boolean => events.has(event['hub.event'].toLowerCase());

  #tell(subscriber: Subscriber, message: EventMessage): void {
    const name = message.event['hub.event'];
    if (!this.#hears(subscriber, message)) return;
    const { lowerCase, replays = 0, rubbish = 0 } = this.faults;
    if (rubbish > 0) subscriber.send('{"event":'.padEnd(rubbish, '['));
    const event = { ...message.event, 'hub.event': lowerCase === true ? name.toLowerCase() : name };
    const text = JSON.stringify({ ...message, event });
    for (let times = 0; times <= replays; times++) subscriber.send(text);
  }

  #subscription(mode: string, { events }: Subscriber): object {
    return { 'hub.mode': mode, 'hub.topic': this.#name, 'hub.events': [...events].join(',') };
  }
}

/** The id of the Patient in a part of a context, or "" when there is none. */
const idIn = (part: unknown): string => {
  const { key, resource } = part as { key?: string; resource?: { resourceType?: unknown; id?: unknown } };
  return key?.toLowerCase() === 'patient' && typeof resource?.id === 'string' ? resource.id : '';
};
