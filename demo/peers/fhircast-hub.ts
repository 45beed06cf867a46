import { upgradeWebSocket } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import type { WSContext } from 'hono/ws';
import { randomUUID } from 'node:crypto';

import { eventOf, type Acknowledgement, type HubFaults } from '../shared/fhircast-messages.js';
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
      webhookSupport: false,
      fhircastVersion: 'STU3',
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
    if (message === undefined)
      return context.text('timestamp, id and event with hub.topic, hub.event and context are needed', 400);
    const topic = message.event['hub.topic'];
    if (named !== undefined && named !== topic) return context.text('hub.topic is another than the address names', 400);
    topicOf(topic).publish(message);
    return context.json({ id: message.id }, 202);
  };
  const isJson = (context: Context) => /^application\/(?:fhir\+)?json\b/.test(context.req.header('Content-Type') ?? '');

  hub.post('/hub/:topic', (context) =>
    isJson(context) ? take(context, context.req.param('topic')) : context.text('An event is JSON', 415),
  );
  hub.post('/hub', async (context) => {
    if (isJson(context)) return take(context);
    const form = await context.req.parseBody<Record<string, string>>();
    if (form['hub.channel.type'] !== 'websocket') return context.text('hub.channel.type must be websocket', 400);
    const mode = form['hub.mode'];
    if (mode !== 'subscribe' && mode !== 'unsubscribe')
      return context.text('hub.mode must be subscribe or unsubscribe', 400);
    if (!form['hub.topic']) return context.text('hub.topic is needed', 400);
    if (mode === 'subscribe' && !form['hub.events']) return context.text('hub.events is needed', 400);
    const topic = topicOf(form['hub.topic']);
    const standing = subscribers.get((form['hub.channel.endpoint'] ?? '').split('/').at(-1) ?? '');
    if (mode === 'unsubscribe') {
      if (standing === undefined) return context.text('No such subscription', 404);
      topic.deny(standing, 'unsubscribed');
      subscribers.delete(standing.id);
      return context.json({ 'hub.channel.endpoint': form['hub.channel.endpoint'] }, 202);
    }
    if (topic.faults.refuse !== undefined) return context.text('Refused', topic.faults.refuse);
    if (standing !== undefined && topic.faults.noRenewal === true) return context.text('Not renewed', 403);
    const subscriber = standing ?? {
      id: randomUUID(),
      topic,
      events: new Set<string>(),
      send: () => undefined,
      close: () => undefined,
    };
    subscriber.events = new Set((form['hub.events'] ?? '').toLowerCase().split(','));
    subscribers.set(subscriber.id, subscriber);
    // A renewal is confirmed on the socket that stands; a new subscription when its socket opens.
    if (standing !== undefined) topic.confirm(subscriber);
    const endpoint = new URL(`/fhircast/socket/${subscriber.id}`, context.req.url);
    endpoint.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';
    return context.json({ 'hub.channel.endpoint': endpoint.href }, 202);
  });

  hub.get('/hub/:topic', (context) => context.json(topicOf(context.req.param('topic')).current()));

  hub.get(
    '/socket/:id',
    upgradeWebSocket((context) => {
      const subscriber = subscribers.get(context.req.param('id') ?? '');
      return {
        onOpen: (_, socket) => {
          if (subscriber === undefined) socket.close(1008, 'No such subscription');
          else attach(subscriber, socket);
        },
        onMessage: ({ data }) => subscriber?.topic.acknowledge(JSON.parse(data as string) as Acknowledgement),
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

function attach(subscriber: Subscriber, socket: WSContext): void {
  subscriber.send = (text) => socket.send(text);
  subscriber.close = () => socket.close();
  subscriber.topic.join(subscriber);
}
