import type { Acknowledgement, EventMessage, HubFaults, Seen } from '../shared/fhircast-messages.js';

export interface Subscriber {
  readonly id: string;
  readonly topic: Topic;
  events: Set<string>;
  send: (text: string) => void;
  close: () => void;
  lease?: ReturnType<typeof setTimeout>;
}

const usualLease = 7200;

/** One user's session at the hub: what is open in it, and who wants to know. */
export class Topic {
  readonly #name: string;
  readonly #subscribers = new Set<Subscriber>();
  /** The last open event for each anchor that no close has followed. */
  readonly #open = new Map<string, EventMessage>();
  readonly #acknowledged: Acknowledgement[] = [];
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
    const seconds = this.faults.leaseSeconds ?? usualLease;
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
    if (verb === 'open') this.#open.set(anchor, message);
    if (verb === 'close') this.#open.delete(anchor);
    // With the patient goes whatever of theirs was open.
    if (anchor === 'patient' && verb === 'close') this.#open.clear();
    // At the home screen nothing is open.
    if (anchor === 'home') this.#open.clear();
    for (const subscriber of this.#subscribers) this.#tell(subscriber, message);
  }

  acknowledge(acknowledgement: Acknowledgement): void {
    this.#acknowledged.push(acknowledgement);
  }

  /** To every subscriber, as it stands. */
  send(text: string): void {
    for (const subscriber of this.#subscribers) subscriber.send(text);
  }

  cut(): void {
    for (const subscriber of this.#subscribers) subscriber.close();
  }

  /** FHIRcast's answer to who is open: the last of the anchors. */
  current(): unknown {
    const last = [...this.#open.values()].at(-1);
    return last === undefined
      ? { 'context.type': '', 'context.versionId': '', context: [] }
      : {
          'context.type': last.event['hub.event'].split('-')[0],
          'context.versionId': last.id,
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

  #tell(subscriber: Subscriber, message: EventMessage): void {
    const name = message.event['hub.event'];
    if (!subscriber.events.has(name.toLowerCase())) return;
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
