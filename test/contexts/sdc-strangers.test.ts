import { expect } from 'chai';
import * as v from 'valibot';

import { followPostMessage } from '../../src/contexts/postmessage.js';
import { followWebView2, type WebView2 } from '../../src/contexts/webview2.js';
import type { CpIsBanner } from '../../src/index.js';
import { smartHandshake, smartResponse } from '../fixtures/bodies.js';
import { none } from '../fixtures/bundles.js';
import { sdcConversations, type SdcConversation } from '../fixtures/sdc-conversations.js';
import { mount, nextTask, unmountAll, until } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const messagingHandle = 'smart-web-messaging';
const epr = 'https://epr.example';
const browser = globalThis as { chrome?: { webview?: WebView2 } };

interface Answer {
  readonly responseToMessageId: string;
  readonly payload: { readonly status?: string; readonly application?: { readonly name: string } };
}

/** A host at the other end. Every body that it receives is checked. */
interface Host {
  readonly requests: v.InferOutput<typeof smartHandshake>[];
  readonly answers: Answer[];
  send(message: unknown): void;
}

/** Hosts that others wrote, represented by what they send. */
describe('SMART Web Messaging with strangers', () => {
  const stops: (() => void)[] = [];
  const { chrome } = browser;
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
    unmountAll();
    if (chrome === undefined) delete browser.chrome;
    else browser.chrome = chrome;
  });

  const host = (send: Host['send']): Host & { hear: (body: unknown) => void } => {
    const requests: Host['requests'] = [];
    const answers: Answer[] = [];
    const hear = (body: unknown): void => {
      if (Object.hasOwn(body as object, 'messageType')) requests.push(v.parse(smartHandshake, body));
      else answers.push(v.parse(smartResponse, body));
    };
    return { requests, answers, send, hear };
  };

  function inFrame(banner: CpIsBanner, { waits, attendanceIsCurrent }: SdcConversation): Host {
    const { port1: source } = new MessageChannel();
    const here = host((data) => dispatchEvent(new MessageEvent('message', { data, origin: epr, source })));
    const postMessage = (body: unknown, { targetOrigin }: { targetOrigin: string }): void => {
      expect(targetOrigin).to.equal(epr);
      here.hear(body);
    };
    Object.defineProperty(source, 'postMessage', { value: postMessage });
    stops.push(
      followPostMessage(banner, {
        origins: [epr],
        messagingHandle,
        attendanceIsCurrent,
        ...(waits && { handshakeWith: source as unknown as Window }),
      }),
    );
    return here;
  }

  function inWebView2(banner: CpIsBanner, { waits, attendanceIsCurrent, written }: SdcConversation): Host {
    const target = new EventTarget();
    const here = host((message) =>
      target.dispatchEvent(
        new MessageEvent('message', { data: written === 'string' ? JSON.stringify(message) : message }),
      ),
    );
    browser.chrome = { webview: Object.assign(target, { postMessage: here.hear }) as unknown as WebView2 };
    stops.push(followWebView2(banner, { messagingHandle, attendanceIsCurrent, handshake: waits }));
    return here;
  }

  for (const [by, place] of [
    ['postMessage', inFrame],
    ['WebView2', inWebView2],
  ] as const)
    describe(`by ${by}:`, () => {
      for (const conversation of sdcConversations)
        it(conversation.name, async () => {
          const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
          const banner = mount(register, { nhsNumber: '' });
          const there = place(banner, conversation);
          if (conversation.waits) {
            there.send({ messageId: 'h', responseToMessageId: there.requests[0]!.messageId, payload: {} });
          }
          for (const [index, { type, payload, answer }] of conversation.steps.entries()) {
            there.send({ messagingHandle, messageId: `m${index}`, messageType: type, payload });
            const { responseToMessageId, payload: said } = there.answers[index]!;
            expect([responseToMessageId, said.status ?? said.application?.name], type).to.deep.equal([
              `m${index}`,
              answer,
            ]);
          }
          const { status, ...ends } = conversation.ends;
          await until(banner, (tag) => tag.status === status);
          // A patient who is opened after another waits until it is clear that they stay.
          await nextTask(350);
          await until(banner, (tag) => tag.status === status);
          expect(banner).to.include({ reason: undefined, ...ends });
          expect((await register.log()).every(({ url }) => url.includes(banner.nhsNumber))).to.equal(true);
        });
    });

  describe('a handshake of our own', () => {
    const waiting = { ...sdcConversations[0]!, waits: true };
    const place = async (): Promise<Host> =>
      inFrame(mount(await ScriptedRegister.answering({}), { nhsNumber: '' }), waiting);

    it('is repeated until it is answered, each time with an id of its own', async () => {
      const there = await place();
      expect(there.requests).to.have.lengthOf(1);
      while (there.requests.length < 3) await nextTask(50);
      expect(new Set(there.requests.map(({ messageId }) => messageId)).size).to.equal(3);
      // An early one may be answered late.
      there.send({ messageId: 'h', responseToMessageId: there.requests[0]!.messageId, payload: {} });
      await nextTask(1300);
      expect(there.requests).to.have.lengthOf(3);
      expect(there.answers).to.deep.equal([]);
    });

    const ends: [what: string, message: (there: Host) => unknown, ends: boolean][] = [
      ['an answer to it', ({ requests }) => ({ messageId: 'h', responseToMessageId: requests[0]!.messageId }), true],
      ['the host’s own handshake', () => ({ messagingHandle, messageId: 'h', messageType: 'status.handshake' }), true],
      ['an answer to something else', () => ({ messageId: 'h', responseToMessageId: 'cp-is-0' }), false],
      ['a message under another handle', () => ({ messagingHandle: 'x', messageId: 'h', messageType: 'y' }), false],
      ['rubbish', () => 'rubbish', false],
    ];
    for (const [what, message, over] of ends)
      it(`${over ? 'ends' : 'goes on'} after ${what}`, async () => {
        const there = await place();
        there.send(message(there));
        await nextTask(1300);
        expect(there.requests).to.have.lengthOf(over ? 1 : 2);
      });

    it('ends when the adapter is stopped', async () => {
      const there = await place();
      for (const stop of stops.splice(0)) stop();
      await nextTask(1300);
      expect(there.requests).to.have.lengthOf(1);
    });

    it('is not made unless it is asked for', async () => {
      const there = inFrame(mount(await ScriptedRegister.answering({}), { nhsNumber: '' }), sdcConversations[0]!);
      expect(there.requests).to.deep.equal([]);
    });
  });

  it('a form without a patient changes nothing in a tag that the page itself has set', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = mount(register);
    const there = inFrame(banner, sdcConversations[0]!);
    await until(banner, ({ status }) => status === 'none');
    there.send({ messagingHandle, messageId: 'm', messageType: 'sdc.displayQuestionnaire', payload: {} });
    expect(banner.status).to.equal('none');
  });
});
