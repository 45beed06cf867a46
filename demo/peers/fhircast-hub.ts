import { upgradeWebSocket } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import type { WSContext } from 'hono/ws';
import { randomUUID } from 'node:crypto';

import { acknowledgementOf, type HubFaults } from '../shared/fhircast-messages.js';
import { eventOf, subscriptionOf } from './fhircast-requests.js';
import { Topic, type Subscriber } from './fhircast-topic.js';

const events = [
  'Patient-open',
  'Patient-close',
  'Encounter-open',
  'Encounter-close',
  'ImagingStudy-open',
  'ImagingStudy-close',
].concat('DiagnosticReport-open', 'DiagnosticReport-close', 'Home-open', 'UserLogout', 'UserHibernate', 'SyncError');

/**
 * A small FHIRcast STU3 hub to try adapters against. It keeps what is open in each topic, tells a new subscriber, and
 * grants, renews and ends subscriptions. Any bearer token will do. SANDBOX ONLY, to anyone and without a token:
 * - `PUT /fhircast/sandbox/{topic}/faults` how the hub misbehaves from now on
 * - `POST /fhircast/sandbox/{topic}/send` the body goes to every subscriber as it stands
 * - `POST /fhircast/sandbox/{topic}/cut` the sockets are closed
 * - `GET /fhircast/sandbox/{topic}` who subscribes, and what was acknowledged
 */
export function fhircastHub(): Hono {
  const topics = new Map<string, Topic>();
  const subscribers = new Map<string, Subscriber>();
  const topicOf = (name: string): Topic => {
    const topic = topics.get(name) ?? new Topic(name);
    topics.set(name, topic);
    return topic;
  };

  const hub = new Hono().basePath('/fhircast');
  hub.use('*', cors());
  hub.get('/hub/.well-known/fhircast-configuration', (context) =>
    context.json({
      eventsSupported: [...events],
      websocketSupport: true,
      getCurrentSupport: true,
      fhircastVersion: 'STU3',
      fhirVersion: 'R4',
    }),
  );
  hub.use('/hub/*', async (context, next) => {
    if (!/^Bearer ./.test(context.req.header('Authorization') ?? ''))
      return context.text('A bearer token is needed', 401);
    return next();
  });

  /** An event goes to the hub's own address (STU3), or to the topic's, as several clients send it. */
  const take = async (context: Context, named?: string) => {
    const message = eventOf(await context.req.json<unknown>().catch(() => undefined));
    if (typeof message === 'string') return context.text(message, 400);
    const topic = message.event['hub.topic'];
    if (named !== undefined && named !== topic) return context.text('hub.topic is another than the address names', 400);
    topicOf(topic).publish(message);
    return context.json({ id: message.id }, 202);
  };

  const subscribe = async (context: Context) => {
    const request = subscriptionOf(await context.req.text());
    if (typeof request === 'string') return context.text(request, 400);
    const topic = topicOf(request.topic);
    const standing = [...subscribers.values()].find(
      ({ endpoint, topic: of }) => endpoint === request.endpoint && of === topic,
    );
    if (request.endpoint !== '' && standing === undefined) return context.text('No such subscription', 404);
    if (request.mode === 'unsubscribe' && standing !== undefined) {
      topic.deny(standing, 'unsubscribed');
      subscribers.delete(standing.id);
      return context.json({ 'hub.channel.endpoint': request.endpoint }, 202);
    }
    if (topic.faults.refuse !== undefined) return context.text('Refused', topic.faults.refuse);
    if (standing !== undefined && topic.faults.noRenewal === true) return context.text('Not renewed', 403);
    const subscriber = standing ?? newSubscriber(topic, context.req.url);
    subscriber.name = request.name;
    subscriber.events = new Set(request.events);
    subscriber.wants = request.lease;
    subscribers.set(subscriber.id, subscriber);
    // A renewal is confirmed on the socket that stands; a new subscription when its socket opens.
    if (standing !== undefined) topic.confirm(subscriber);
    return context.json({ 'hub.channel.endpoint': subscriber.endpoint }, 202);
  };

  hub.post('/hub/:topic', (context) =>
    isOf(context, 'application/fhir+json', 'application/json')
      ? take(context, context.req.param('topic'))
      : context.text('An event is application/fhir+json', 415),
  );
  hub.post('/hub', (context) => {
    if (isOf(context, 'application/fhir+json', 'application/json')) return take(context);
    return isOf(context, 'application/x-www-form-urlencoded')
      ? subscribe(context)
      : context.text('An event is application/fhir+json, a subscription application/x-www-form-urlencoded', 415);
  });

  hub.get('/hub/:topic', (context) =>
    context.json((topics.get(context.req.param('topic')) ?? new Topic('')).current()),
  );

  hub.get(
    '/socket/:id',
    upgradeWebSocket((context) => {
      const subscriber = subscribers.get(context.req.param('id') ?? '');
      return {
        onOpen: (_, socket) => {
          if (subscriber === undefined) socket.close(1008, 'No such subscription');
          else attach(subscriber, socket);
        },
        // OHIF's client gives its endpoint back when the socket opens: that is no acknowledgement.
        onMessage: ({ data }) => {
          const said = acknowledgementOf(data);
          if (subscriber !== undefined && said !== undefined) subscriber.topic.acknowledge(subscriber, said);
        },
        onClose: () => subscriber?.topic.leave(subscriber),
      };
    }),
  );

  hub.put('/sandbox/:topic/faults', async (context) => {
    topicOf(context.req.param('topic')).faults = await context.req.json<HubFaults>();
    return context.body(null, 204);
  });
  hub.post('/sandbox/:topic/send', async (context) => {
    topicOf(context.req.param('topic')).send(await context.req.text());
    return context.body(null, 204);
  });
  hub.post('/sandbox/:topic/cut', (context) => {
    topicOf(context.req.param('topic')).cut();
    return context.body(null, 204);
  });
  hub.get('/sandbox/:topic', (context) => context.json(topicOf(context.req.param('topic')).seen()));
  return hub;
}

const isOf = (context: Context, ...types: readonly string[]): boolean =>
  types.includes((context.req.header('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase());

function newSubscriber(topic: Topic, url: string): Subscriber {
  const id = randomUUID();
  const endpoint = new URL(`/fhircast/socket/${id}`, url);
  endpoint.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';
  const nothing = (): void => undefined;
  return { id, endpoint: endpoint.href, topic, name: '', events: new Set(), send: nothing, close: nothing };
}

function attach(subscriber: Subscriber, socket: WSContext): void {
  subscriber.send = (text) => socket.send(text);
  subscriber.close = () => socket.close();
  subscriber.topic.join(subscriber);
}
