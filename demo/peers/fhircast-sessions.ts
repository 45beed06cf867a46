import { randomUUID } from 'node:crypto';

import type { HubFaults } from '../shared/fhircast-messages.js';
import type { SubscriptionRequest } from './fhircast-requests.js';
import { Topic, type Subscriber } from './fhircast-topic.js';

/** Why the hub refuses a subscription. */
export interface Refusal {
  readonly status: 403 | 404 | NonNullable<HubFaults['refuse']>;
  readonly why: string;
}

/** Every topic of a hub, and its subscribers. */
export class Sessions {
  readonly #topics = new Map<string, Topic>();
  readonly #subscribers = new Map<string, Subscriber>();

  topic(name: string): Topic {
    const topic = this.#topics.get(name) ?? new Topic(name);
    this.#topics.set(name, topic);
    return topic;
  }

  /** Asking what is open does not create a topic. */
  existing(name: string): Topic {
    return this.#topics.get(name) ?? new Topic('');
  }

  subscriber(id: string): Subscriber | undefined {
    return this.#subscribers.get(id);
  }

  /** The socket address of the subscription that is granted, renewed or ended. `hub` is the hub's own address. */
  take(request: SubscriptionRequest, hub: string): string | Refusal {
    const topic = this.topic(request.topic);
    const standing = [...this.#subscribers.values()].find(
      ({ endpoint, topic: of }) => endpoint === request.endpoint && of === topic,
    );
    if (request.endpoint !== '' && standing === undefined) return { status: 404, why: 'No such subscription' };
    if (request.mode === 'unsubscribe' && standing !== undefined) {
      topic.deny(standing, 'unsubscribed');
      this.#subscribers.delete(standing.id);
      return request.endpoint;
    }
    if (topic.faults.refuse !== undefined) return { status: topic.faults.refuse, why: 'Refused' };
    if (standing !== undefined && topic.faults.noRenewal === true) return { status: 403, why: 'Not renewed' };
    const subscriber = standing ?? newSubscriber(topic, hub);
    subscriber.name = request.name;
    subscriber.events = new Set(request.events);
    subscriber.wants = request.lease;
    this.#subscribers.set(subscriber.id, subscriber);
    // A renewal is confirmed on the existing socket, a new subscription when its socket opens.
    if (standing !== undefined) topic.confirm(subscriber);
    return subscriber.endpoint;
  }
}

function newSubscriber(topic: Topic, hub: string): Subscriber {
  const id = randomUUID();
  const endpoint = new URL(`/fhircast/socket/${id}`, hub);
  endpoint.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';
  const nothing = (): void => undefined;
  return { id, endpoint: endpoint.href, topic, name: '', events: new Set(), send: nothing, close: nothing };
}
