import { expect } from 'chai';
import * as v from 'valibot';

import type { HubFaults, Seen } from '../../demo/shared/fhircast-messages.js';
import { followFhircast, type FhircastOptions } from '../../src/contexts/fhircast.js';
import type { CpIsBanner } from '../../src/index.js';
import { acknowledgement, hubMessage } from '../fixtures/bodies.js';
import { none } from '../fixtures/bundles.js';
import { clientConversations, hubConversations, type Request } from '../fixtures/fhircast-conversations.js';
import { mount, nextTask, unmountAll, until } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

/** Hubs and clients that others wrote, represented by their messages. */
describe('FHIRcast with strangers', () => {
  const { warn } = console;
  const warned: string[] = [];
  let hub = '';
  let topic = '';
  let banner: CpIsBanner;
  let states: [state: string, why: string | undefined][];
  let stop: () => void;

  beforeEach(async () => {
    hub = await (await fetch('/hub')).text();
    topic = `topic-${Math.random()}`;
    states = [];
    warned.length = 0;
    console.warn = (text: string) => warned.push(text);
  });
  afterEach(() => {
    console.warn = warn;
    stop();
    unmountAll();
  });

  const follow = async (options: Partial<FhircastOptions> = {}): Promise<void> => {
    banner = mount(await ScriptedRegister.answering({ CareTeam: { body: none() } }), { nhsNumber: '' });
    stop = followFhircast(banner, {
      hubUrl: `${hub}/hub`,
      topic,
      accessToken: () => Promise.resolve('viewer'),
      onState: (state, why) => states.push([state, why]),
      ...options,
    });
  };
  const sandbox = (door: string, init: RequestInit): Promise<Response> =>
    fetch(`${hub}/sandbox/${topic}/${door}`, init);
  const misbehave = (faults: HubFaults): Promise<Response> =>
    sandbox('faults', { method: 'PUT', body: JSON.stringify(faults) });
  const say = (message: unknown): Promise<Response> =>
    sandbox('send', { method: 'POST', body: JSON.stringify(message) });
  const seen = async (): Promise<Seen> => (await (await fetch(`${hub}/sandbox/${topic}`)).json()) as Seen;
  const subscribed = async (): Promise<void> => {
    while ((await seen()).subscribers === 0) await nextTask(10);
  };
  const come = async (state: string): Promise<void> => {
    while (!states.some(([each]) => each === state)) await nextTask(10);
  };
  const told = async (id: string): Promise<string | undefined> => {
    for (;;) {
      const found = (await seen()).acknowledged.find((each) => each.id === id);
      if (found !== undefined) return found.status;
      await nextTask(10);
    }
  };
  /** Messages come in order, so once this one is acknowledged, the earlier ones have been handled. */
  const settled = async (): Promise<void> => {
    await say({ id: 'beat', event: { 'hub.topic': topic, 'hub.event': 'heartbeat', context: [] } });
    await told('beat');
  };

  describe('a hub’s first word', () => {
    const subscribe = { 'hub.mode': 'subscribe', 'hub.events': 'patient-open', 'hub.lease_seconds': 7200 };
    const rows: readonly [what: string, said: () => Record<string, unknown>, state: string | undefined][] = [
      ['names this topic', () => ({ ...subscribe, 'hub.topic': topic }), 'connected'],
      ['names no topic', () => subscribe, 'connected'],
      ['names an empty topic', () => ({ ...subscribe, 'hub.topic': '' }), 'connected'],
      ['names the topic null', () => ({ ...subscribe, 'hub.topic': null }), 'connected'],
      ['names another topic', () => ({ ...subscribe, 'hub.topic': `${topic}-of-another` }), undefined],
      ['names this topic in capitals', () => ({ ...subscribe, 'hub.topic': topic.toUpperCase() }), undefined],
      ['names a list of topics', () => ({ ...subscribe, 'hub.topic': [topic] }), undefined],
      ['denies, and names no topic', () => ({ 'hub.mode': 'denied' }), 'denied'],
      ['denies another topic', () => ({ 'hub.mode': 'denied', 'hub.topic': 'another' }), undefined],
      ['is of no mode', () => ({ 'hub.topic': topic }), undefined],
    ];
    for (const [what, said, state] of rows)
      it(`that ${what}: ${state ?? 'not followed'}`, async () => {
        await misbehave({ silent: true });
        await follow();
        await subscribed();
        await say(said());
        // After a denial there is no connection.
        if (state === 'denied') return come(state);
        await settled();
        expect(states.map(([each]) => each)).to.deep.equal(state === undefined ? [] : [state]);
        // An unconfirmed subscription follows nothing. The heartbeat sent afterwards shows which it is.
        expect(await told('beat')).to.equal(state === 'connected' ? '200' : '409');
      });

    it('that does not come: this is reported after a while', async () => {
      await misbehave({ silent: true });
      await follow();
      expect(banner.outOfSync).to.equal(false);
      while (!banner.outOfSync) await nextTask(50);
      expect(states).to.deep.equal([]);
    });
  });

  describe('a hub’s conversation:', () => {
    for (const { name, confirms, says, ends } of hubConversations)
      it(name, async () => {
        await misbehave({ silent: true });
        await follow();
        await subscribed();
        await say(confirms(topic));
        await come('connected');
        for (const [index, { event, context, answer }] of says.entries()) {
          const id = `e-${index}`;
          const timestamp = new Date(Date.now() + index).toISOString();
          await say({ timestamp, id, event: { 'hub.topic': topic, 'hub.event': event, context } });
          expect(await told(id), event).to.equal(answer);
        }
        await until(banner, ({ status }) => status === ends.status);
        expect([banner.reason, banner.outOfSync]).to.deep.equal([ends.reason, ends.outOfSync]);
      });
  });

  describe('why a hub is lost is reported', () => {
    const rows: readonly [
      what: string,
      faults: HubFaults,
      options: () => Partial<FhircastOptions>,
      after: () => Promise<unknown>,
      state: 'lost' | 'denied',
      why: RegExp,
    ][] = [
      ['it refuses', { refuse: 503 }, () => ({}), nextTask, 'lost', /answered 503/],
      ['it has gone', {}, () => ({ hubUrl: 'http://localhost:1/hub' }), nextTask, 'lost', /could not be asked/],
      ['it speaks no JSON', {}, () => ({ hubUrl: `${location.origin}/hub` }), nextTask, 'lost', /not answer in JSON/],
      [
        'the host has no token',
        {},
        () => ({ accessToken: () => Promise.reject(new Error('secret')) }),
        nextTask,
        'lost',
        /accessToken/,
      ],
      ['it denies', { deny: true }, () => ({}), nextTask, 'denied', /has ended the session/],
      ['it confirms nothing', { silent: true }, () => ({}), nextTask, 'lost', /confirmed nothing in 10 s/],
      [
        'it cuts the line',
        {},
        () => ({}),
        () => come('connected').then(() => sandbox('cut', { method: 'POST' })),
        'lost',
        /socket closed \(code \d+\)/,
      ],
    ];
    for (const [what, faults, options, after, state, why] of rows)
      it(`when ${what}`, async () => {
        await misbehave(faults);
        await follow(options());
        await after();
        await come(state);
        const [, said = ''] = states.find(([each]) => each === state)!;
        expect(said).to.match(why);
        expect(warned).to.deep.equal([`<cp-is-banner>: FHIRcast: ${said}.`]);
        expect(said)
          .not.to.contain(topic)
          .and.not.to.match(/secret|viewer/);
      });

    it('to the host each time, to the console once', async () => {
      await misbehave({ refuse: 503 });
      await follow();
      while (states.length < 4) await nextTask(10);
      expect(new Set(states.map(([, why]) => why)).size).to.equal(1);
      expect(warned).to.have.lengthOf(1);
    });
  });

  describe('a client’s conversation with the sandbox’s hub:', () => {
    const ask = async (
      { token, type, body, path }: Omit<Request, 'what' | 'status'>,
      endpoint = '',
    ): Promise<Response> =>
      fetch(`${hub}/hub${path === '' ? '' : `/${topic}`}`, {
        method: 'POST',
        headers: { 'Content-Type': type, ...(token && { Authorization: 'Bearer theirs' }) },
        body: body(topic, endpoint),
      });
    const refused = async (response: Response, { what, status, says }: Pick<Request, 'what' | 'status' | 'says'>) => {
      expect(response.status, what).to.equal(status);
      if (says === undefined) return false;
      expect(await response.text()).to.equal(says);
      expect(response.headers.get('Content-Type')).to.match(/^text\/plain/);
      return true;
    };

    for (const { name, subscribes, greets, then, hears, banner: shown } of clientConversations)
      it(name, async () => {
        await follow();
        await come('connected');
        const answer = await ask({ ...subscribes, path: '', type: 'application/x-www-form-urlencoded' });
        if (await refused(answer, subscribes)) return;
        const endpoint = ((await answer.json()) as Record<string, string>)['hub.channel.endpoint']!;
        const socket = new WebSocket(endpoint);
        const heard: Record<string, unknown>[] = [];
        socket.onmessage = ({ data }) => heard.push(v.parse(hubMessage, JSON.parse(data as string)));
        await new Promise((resolve) => (socket.onopen = resolve));
        if (greets !== undefined) socket.send(greets(endpoint));
        while (heard.length === 0) await nextTask(5);
        expect(heard[0]).to.include({ 'hub.mode': 'subscribe', 'hub.topic': topic });
        for (const request of then) await refused(await ask(request, endpoint), request);
        const names = (): unknown[] =>
          heard.slice(1).map(({ event }) => (event as Record<string, unknown> | undefined)?.['hub.event']);
        while (names().length < hears.length) await nextTask(5);
        expect(names()).to.deep.equal(hears);
        await until(banner, ({ status }) => status === shown.status);
        expect(banner.reason).to.equal(shown.reason);
        // Its greeting is not an acknowledgement. Those of our adapter are complete.
        v.parse(v.array(acknowledgement), (await seen()).acknowledged);
        socket.close(1000);
      });
  });
});
