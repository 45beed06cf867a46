import { expect } from 'chai';

import { followPostMessage } from '../../src/contexts/postmessage.js';
import type { CpIsBanner } from '../../src/index.js';
import { none, otherNumber } from '../fixtures/bundles.js';
import { encounter, identifier, patient } from '../fixtures/contexts.js';
import { answered, mount, nextTask, unmountAll, until } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const epr = 'https://epr.example';
const messagingHandle = 'handle-1';

interface Sent {
  readonly reply: { messageId: string; responseToMessageId: string; payload: Record<string, unknown> };
  readonly to: string;
}

let messages = 0;
let encounters = 0;
const visit = (): Record<string, unknown> => encounter('in-progress', `visit-${++encounters}-${Math.random()}`);

const launched = (about: unknown, during: unknown = visit()): unknown => ({
  launchContext: [
    { name: 'patient', contentResource: about },
    { name: 'encounter', contentResource: during },
  ],
});
const configure = (payload: unknown): Record<string, unknown> => ({
  messagingHandle,
  messageId: `m${++messages}`,
  messageType: 'sdc.configureContext',
  payload,
});

describe('postMessage', () => {
  const stops = new Set<() => void>();
  afterEach(() => {
    for (const stop of stops) stop();
    stops.clear();
    unmountAll();
  });

  async function following(): Promise<{
    banner: CpIsBanner;
    register: ScriptedRegister;
    sent: Sent[];
    post: (data: unknown, origin?: string) => void;
  }> {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = mount(register, { nhsNumber: '' });
    stops.add(followPostMessage(banner, { origins: [epr], messagingHandle }));
    const sent: Sent[] = [];
    const { port1: source } = new MessageChannel();
    Object.defineProperty(source, 'postMessage', {
      value: (reply: Sent['reply'], { targetOrigin }: { targetOrigin: string }) =>
        sent.push({ reply, to: targetOrigin }),
    });
    const post = (data: unknown, origin = epr): void => {
      dispatchEvent(new MessageEvent('message', { data, origin, source }));
    };
    return { banner, register, sent, post };
  }

  it('opens the patient that the EPR names, once, and answers to the exact origin', async () => {
    const { banner, register, sent, post } = await following();
    const message = configure({ context: launched(patient()) });
    post(message);
    await answered(banner);
    post({ ...message, messageId: 'again' });
    await nextTask(20);
    expect(banner.status).to.equal('none');
    expect(await register.log()).to.have.lengthOf(1);
    expect(sent.map(({ to }) => to)).to.deep.equal([epr, epr]);
    expect(sent[0]?.reply.responseToMessageId).to.equal(message['messageId']);
    expect(sent[0]?.reply.messageId).to.be.a('string').that.is.not.empty;
    expect(sent[0]?.reply.payload).to.deep.equal({ status: 'success' });
  });

  it('also takes the fields directly from the payload', async () => {
    const { banner, post } = await following();
    post(configure(launched(patient())));
    await answered(banner);
    expect(banner.status).to.equal('none');
  });

  it('shakes hands without a patient', async () => {
    const { banner, sent, post } = await following();
    post({ messagingHandle, messageId: 'h1', messageType: 'status.handshake', payload: {} });
    expect(sent.map(({ reply: { responseToMessageId, payload } }) => ({ responseToMessageId, payload }))).to.deep.equal(
      [{ responseToMessageId: 'h1', payload: { application: { name: 'cp-is-banner' }, capabilities: {} } }],
    );
    expect(banner.status).to.equal('idle');
  });

  it('blanks in the message’s own task when the next patient arrives', async () => {
    const { banner, post } = await following();
    post(configure(launched(patient())));
    await answered(banner);
    post(configure(launched(patient(identifier(otherNumber)))));
    expect([banner.status === 'none', banner.answer]).to.deep.equal([false, undefined]);
  });

  it('a patient who is not attending closes the previous one', async () => {
    const { banner, register, sent, post } = await following();
    post(configure(launched(patient())));
    await answered(banner);
    post(configure(launched(patient(identifier(otherNumber)), encounter('finished'))));
    expect([banner.answer, sent.at(-1)?.reply.payload['status']]).to.deep.equal([undefined, 'success']);
    await until(banner, ({ reason }) => reason === 'no-attendance');
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('a user who steps through many patients opens the first and the one they stop at', async () => {
    const { banner, register, post } = await following();
    const visits = [visit(), visit()];
    for (let times = 0; times < 5000; times++) {
      post(configure(launched(patient(), visits[0])));
      post(configure(launched(patient(identifier(otherNumber)), visits[1])));
      if (times % 50 === 0) await nextTask();
    }
    expect(banner.status).to.equal('idle');
    await until(banner, ({ status }) => status === 'not-checked' || status === 'none');
    expect(banner.nhsNumber).to.equal(otherNumber);
    await nextTask(20);
    expect((await register.log()).length).to.be.at.most(2);
  });

  const foreign: readonly [name: string, origin: string][] = [
    ['another host', 'https://evil.example'],
    ['a host that ends alike', 'https://not-epr.example'],
    ['a host that begins alike', 'https://epr.example.evil.example'],
    ['plain http', 'http://epr.example'],
    ['another port', 'https://epr.example:8443'],
    ['a sandboxed frame', 'null'],
    ['a wildcard', '*'],
    ['no origin', ''],
  ];
  for (const [name, origin] of foreign)
    it(`ignores and does not answer ${name}`, async () => {
      const { banner, register, sent, post } = await following();
      post(configure(launched(patient())), origin);
      post({ messagingHandle, messageId: 'h1', messageType: 'status.handshake', payload: {} }, origin);
      await nextTask(20);
      expect([banner.status, sent]).to.deep.equal(['idle', []]);
      expect(await register.log()).to.deep.equal([]);
    });

  const open = launched(patient());
  const pollutes = JSON.parse(
    `{"__proto__":{"polluted":1,"context":${JSON.stringify(open)}},"constructor":{"prototype":{"polluted":1}}}`,
  ) as unknown;
  const self: Record<string, unknown> = {};
  self['context'] = self;
  self['launchContext'] = [self];

  /** Hostile messages from an allowed origin, each with the answer it gets. */
  const hostile: readonly [name: string, message: unknown, answer: string | undefined, status: string][] = [
    ['another handle', { ...configure(open), messagingHandle: 'handle-2' }, 'forbidden', 'idle'],
    ['no handle', { ...configure(open), messagingHandle: undefined }, 'forbidden', 'idle'],
    ['a handle in a list', { ...configure(open), messagingHandle: [messagingHandle] }, 'forbidden', 'idle'],
    ['an unknown type', { ...configure(open), messageType: 'scratchpad.create' }, 'not-supported', 'idle'],
    ['a type of another case', { ...configure(open), messageType: 'SDC.configureContext' }, 'not-supported', 'idle'],
    ['a type that every object has', { ...configure(open), messageType: '__proto__' }, 'not-supported', 'idle'],
    ['no type', { ...configure(open), messageType: undefined }, undefined, 'idle'],
    ['no message id', { ...configure(open), messageId: undefined }, undefined, 'idle'],
    ['an id of a megabyte', { ...configure(open), messageId: 'm'.repeat(1_000_000) }, undefined, 'idle'],
    ['an answer', { messageId: 'a1', responseToMessageId: 'm1', payload: open }, undefined, 'idle'],
    ['text', JSON.stringify(configure(open)), undefined, 'idle'],
    ['null', null, undefined, 'idle'],
    ['a number', 42, undefined, 'idle'],
    ['a list', [configure(open)], undefined, 'idle'],
    ['a buffer', new ArrayBuffer(1_000_000), undefined, 'idle'],
    ['a map', new Map(Object.entries(configure(open))), undefined, 'idle'],
    ['a payload in the prototype', JSON.parse(`{"__proto__":${JSON.stringify(configure(open))}}`), undefined, 'idle'],
    ['prototype-polluting keys', { ...configure(pollutes) }, undefined, 'idle'],
    ['a payload that contains itself', configure(self), undefined, 'idle'],
    ['no payload', configure(undefined), undefined, 'idle'],
    ['two NHS numbers', configure(launched(patient(identifier(), identifier(otherNumber)))), 'invalid', 'not-checked'],
    ['no NHS number', configure(launched(patient({}))), 'invalid', 'not-checked'],
    [
      'an NHS number that fails its check',
      configure(launched(patient(identifier('9990000019')))),
      'invalid',
      'not-checked',
    ],
    ['a megabyte for a patient', configure(launched('x'.repeat(1_000_000))), 'invalid', 'not-checked'],
    [
      'another patient’s encounter',
      configure(launched(patient(), encounter('arrived', 'e', 'Patient/2'))),
      'invalid',
      'not-checked',
    ],
  ];
  for (const [name, message, answer, status] of hostile)
    it(`${name}: no access, nothing thrown`, async () => {
      const { banner, register, sent, post } = await following();
      post(message);
      await nextTask(20);
      expect(banner.status).to.equal(status);
      const issues = sent.map(
        ({ reply: { payload } }) => payload['outcome'] as { issue: { code?: string }[] } | undefined,
      );
      expect(issues.map((outcome) => outcome?.issue[0]?.code).filter((code) => code !== undefined)).to.deep.equal(
        answer === undefined ? [] : [answer],
      );
      expect(JSON.stringify(sent)).not.to.match(/999|Jones|handle/);
      expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
      expect(await register.log()).to.deep.equal([]);
    });

  it('makes no access for ten thousand messages at once: foreign, with another handle, or meaningless', async () => {
    const { banner, register, sent, post } = await following();
    for (let times = 0; times < 10_000; times++) {
      const [, message] = hostile[times % 15]!;
      post(message);
      post(configure(open), 'https://evil.example');
    }
    await nextTask(20);
    expect(banner.status).to.equal('idle');
    expect(sent.every(({ reply: { payload } }) => payload['status'] === 'error')).to.equal(true);
    expect(await register.log()).to.deep.equal([]);
  });

  it('hears an ordinary frame, but not a sandboxed one', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = mount(register, { nhsNumber: '' });
    stops.add(followPostMessage(banner, { origins: [location.origin], messagingHandle }));
    const frames = [false, true].map((sandboxed) => {
      const frame = document.createElement('iframe');
      if (sandboxed) frame.sandbox.add('allow-scripts');
      const message = JSON.stringify(configure(launched(patient(identifier(sandboxed ? otherNumber : undefined)))));
      frame.srcdoc = `<script>onmessage = ({ data }) => { document.title = data.payload.status };
        parent.postMessage(${message}, '*')</script>`;
      return frame;
    });
    document.body.append(...frames);
    await Promise.all(frames.map((frame) => new Promise((resolve) => frame.addEventListener('load', resolve))));
    await answered(banner);
    while (frames[0]!.contentDocument?.title !== 'success') await nextTask(5);
    expect(banner.status).to.equal('none');
    for (const frame of frames) frame.remove();
  });

  it('hears nothing once it is stopped', async () => {
    const { banner, sent, post } = await following();
    for (const stop of stops) stop();
    post(configure(open));
    await nextTask(20);
    expect([banner.status, sent]).to.deep.equal(['idle', []]);
  });

  for (const origins of [[], ['*'], ['null'], [''], ['https://*.example'], ['https://epr.example/'], ['epr.example']])
    it(`refuses the origins ${JSON.stringify(origins)} when it is set up`, () => {
      expect(() => followPostMessage(document.createElement('cp-is-banner'), { origins, messagingHandle })).to.throw(
        'origins must be exact',
      );
    });

  it('refuses to be set up without a handle', () => {
    const tag = document.createElement('cp-is-banner');
    expect(() => followPostMessage(tag, { origins: [epr], messagingHandle: '' })).to.throw('messagingHandle');
  });
});
