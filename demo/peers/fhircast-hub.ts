import { upgradeWebSocket } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import type { WSContext, WSEvents } from 'hono/ws';

import { acknowledgementOf, type HubFaults } from '../shared/fhircast-messages.js';
import { eventOf, subscriptionOf } from './fhircast-requests.js';
import { Sessions } from './fhircast-sessions.js';
import type { Subscriber } from './fhircast-topic.js';

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
 * grants, renews and ends subscriptions. Any bearer token will do. SANDBOX ONLY, open to anyone without a token:
 *
 * - `PUT /fhircast/sandbox/{topic}/faults` how the hub misbehaves from now on
 * - `POST /fhircast/sandbox/{topic}/send` the body goes unchanged to every subscriber
 * - `POST /fhircast/sandbox/{topic}/cut` the sockets are closed
 * - `GET /fhircast/sandbox/{topic}` who subscribes, and what was acknowledged
 */
export function fhircastHub(): Hono {
  const sessions = new Sessions();
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
  hub.post('/hub/:topic', (context) =>
    isOf(context, 'application/fhir+json', 'application/json')
      ? takeEvent(sessions, context, context.req.param('topic'))
      : context.text('An event is application/fhir+json', 415),
  );
  hub.post('/hub', (context) => {
    if (isOf(context, 'application/fhir+json', 'application/json')) return takeEvent(sessions, context);
    return isOf(context, 'application/x-www-form-urlencoded')
      ? takeSubscription(sessions, context)
      : context.text('An event is application/fhir+json, a subscription application/x-www-form-urlencoded', 415);
  });
  hub.get('/hub/:topic', (context) => context.json(sessions.existing(context.req.param('topic')).current()));
  hub.get(
    '/socket/:id',
    upgradeWebSocket((context) => socketOf(sessions.subscriber(context.req.param('id') ?? ''))),
  );
  addSandbox(hub, sessions);
  return hub;
}

/** An event is sent to the hub's own address (STU3), or to the topic's, as several clients do. */
async function takeEvent(sessions: Sessions, context: Context, named?: string) {
  const message = eventOf(await context.req.json<unknown>().catch(() => undefined));
  if (typeof message === 'string') return context.text(message, 400);
  const topic = message.event['hub.topic'];
  if (named !== undefined && named !== topic) return context.text('hub.topic is another than the address names', 400);
  sessions.topic(topic).publish(message);
  return context.json({ id: message.id }, 202);
}

async function takeSubscription(sessions: Sessions, context: Context) {
  const request = subscriptionOf(await context.req.text());
  if (typeof request === 'string') return context.text(request, 400);
  const taken = sessions.take(request, context.req.url);
  return typeof taken === 'string'
    ? context.json({ 'hub.channel.endpoint': taken }, 202)
    : context.text(taken.why, taken.status);
}

const socketOf = (subscriber: Subscriber | undefined): WSEvents => ({
  onOpen: (_, socket) => {
    if (subscriber === undefined) socket.close(1008, 'No such subscription');
    else attach(subscriber, socket);
  },
  // OHIF's client sends its endpoint back when the socket opens. That is not an acknowledgement.
  onMessage: ({ data }) => {
    const said = acknowledgementOf(data);
    if (subscriber !== undefined && said !== undefined) subscriber.topic.acknowledge(subscriber, said);
  },
  onClose: () => subscriber?.topic.leave(subscriber),
});

function attach(subscriber: Subscriber, socket: WSContext): void {
  subscriber.send = (text) => socket.send(text);
  subscriber.close = () => socket.close();
  subscriber.topic.join(subscriber);
}

function addSandbox(hub: Hono, sessions: Sessions): void {
  hub.put('/sandbox/:topic/faults', async (context) => {
    sessions.topic(context.req.param('topic')).faults = await context.req.json<HubFaults>();
    return context.body(null, 204);
  });
  hub.post('/sandbox/:topic/send', async (context) => {
    sessions.topic(context.req.param('topic')).send(await context.req.text());
    return context.body(null, 204);
  });
  hub.post('/sandbox/:topic/cut', (context) => {
    sessions.topic(context.req.param('topic')).cut();
    return context.body(null, 204);
  });
  hub.get('/sandbox/:topic', (context) => context.json(sessions.topic(context.req.param('topic')).seen()));
}

const isOf = (context: Context, ...types: readonly string[]): boolean =>
  types.includes((context.req.header('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase());
