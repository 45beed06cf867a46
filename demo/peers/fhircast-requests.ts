import type { EventMessage } from '../shared/fhircast-messages.js';

/** What a subscriber sends to the hub's own address. */
export interface SubscriptionRequest {
  readonly mode: 'subscribe' | 'unsubscribe';
  readonly topic: string;
  /** In lower case. Empty when it unsubscribes. */
  readonly events: readonly string[];
  /** The endpoint of an existing subscription, or "" for a new one. */
  readonly endpoint: string;
  /** In seconds. With `undefined` the hub decides. */
  readonly lease: number | undefined;
  readonly name: string;
}

/** A subscription as in STU3 (2.4), or what is wrong with it. */
export function subscriptionOf(body: string): SubscriptionRequest | string {
  const form = new URLSearchParams(body);
  const twice = [...form.keys()].find((name) => form.getAll(name).length > 1);
  if (twice !== undefined) return `${twice.slice(0, 64)} stands twice`;
  const field = (name: string): string => form.get(name)?.trim() ?? '';
  if (field('hub.channel.type') !== 'websocket') return 'hub.channel.type must be websocket';
  const mode = field('hub.mode');
  if (mode !== 'subscribe' && mode !== 'unsubscribe') return 'hub.mode must be subscribe or unsubscribe';
  const topic = field('hub.topic');
  if (topic === '') return 'hub.topic is needed';
  const endpoint = field('hub.channel.endpoint');
  const asked = field('hub.events');
  if (mode === 'subscribe' && asked === '') return 'hub.events is needed';
  if (mode === 'unsubscribe' && endpoint === '') return 'hub.channel.endpoint is needed';
  const events = mode === 'subscribe' ? asked.split(',').map((each) => each.trim().toLowerCase()) : [];
  // Unknown events are granted all the same, because nobody will send them.
  if (!events.every((each) => /^[\w.-]+$/.test(each))) return 'hub.events must be names, with commas between them';
  const lease = field('hub.lease_seconds');
  if (lease !== '' && !/^[1-9]\d{0,8}$/.test(lease)) return 'hub.lease_seconds must be a positive whole number';
  const name = field('subscriber.name');
  return { mode, topic, events, endpoint, lease: lease === '' ? undefined : Number(lease), name };
}

/** The resource that an open or a close must have to mean anything. */
const anchors = new Map([
  ['patient', 'Patient'],
  ['encounter', 'Encounter'],
  ['imagingstudy', 'ImagingStudy'],
  ['diagnosticreport', 'DiagnosticReport'],
]);

/** A body that is an event as in STU3 (2.3, 2.6), or what is wrong with it. */
export function eventOf(body: unknown): EventMessage | string {
  const { timestamp, id, event } = partsOf(body);
  if (typeof timestamp !== 'string' || !isInstant(timestamp)) return 'timestamp must be an ISO 8601 date and time';
  if (typeof id !== 'string' || id === '') return 'id is needed';
  const { 'hub.topic': topic, 'hub.event': name, context } = partsOf(event);
  if (typeof topic !== 'string' || topic === '') return 'event["hub.topic"] is needed';
  if (typeof name !== 'string' || !isEventName(name)) return 'event["hub.event"] is no name of an event';
  if (!Array.isArray(context)) return 'event.context must be a list';
  if (!context.every((part) => typeof partsOf(part)['key'] === 'string'))
    return 'every part of event.context needs a key';
  const [of = '', verb] = name.toLowerCase().split('-');
  const anchor = anchors.get(of);
  if (anchor === undefined || (verb !== 'open' && verb !== 'close')) return body as EventMessage;
  const named = context.map((part) => partsOf(partsOf(part)['resource']));
  return named.some(({ resourceType, id: own }) => resourceType === anchor && typeof own === 'string' && own !== '')
    ? (body as EventMessage)
    : `event.context needs the ${anchor}, with its id`;
}

/** STU3's own events, those of a FHIR resource, or those named by a reversed domain name. */
const isEventName = (name: string): boolean =>
  /^(?:syncerror|heartbeat|userlogout|userhibernate|[a-z]{2,40}-(?:open|close|update|select)|[a-z\d-]+(?:\.[a-z\d-]+){2,})$/i.test(
    name,
  );

/** It must be in UTC, though STU3's own examples leave the zone out. */
const isInstant = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/.test(text) && !Number.isNaN(Date.parse(text));

const partsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
