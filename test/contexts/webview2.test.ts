import { expect } from 'chai';

import { followWebView2, type WebView2 } from '../../src/contexts/webview2.js';
import { none } from '../fixtures/bundles.js';
import { encounter, patient } from '../fixtures/contexts.js';
import { answered, mount, nextTask, unmountAll } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const messagingHandle = 'handle-1';
const page = globalThis as { chrome?: { webview?: WebView2 } };

/** What WebView2 puts into a page. The test plays the Windows program. */
class Webview extends EventTarget {
  readonly sent: { responseToMessageId: string; payload: { status?: string } }[] = [];

  postMessage(message: unknown): void {
    this.sent.push(message as (typeof this.sent)[number]);
  }

  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

describe('WebView2', () => {
  let stop: (() => void) | undefined;
  let webview: Webview;
  const { chrome } = page;
  beforeEach(() => {
    webview = new Webview();
    page.chrome = { webview: webview as unknown as WebView2 };
  });
  afterEach(() => {
    stop?.();
    unmountAll();
    if (chrome === undefined) delete page.chrome;
    else page.chrome = chrome;
  });

  const configure = (): unknown => ({
    messagingHandle,
    messageId: 'm1',
    messageType: 'sdc.configureContext',
    payload: { subject: patient(), encounter: encounter('in-progress', `visit-${Math.random()}`) },
  });

  for (const [name, written] of [
    ['JSON', (message: unknown) => message],
    ['a string', JSON.stringify],
  ] as const)
    it(`opens the patient that the program names as ${name}, and answers it`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const banner = mount(register, { nhsNumber: '' });
      stop = followWebView2(banner, { messagingHandle });
      webview.say(written(configure()));
      await answered(banner);
      expect(banner.status).to.equal('none');
      expect(
        webview.sent.map(({ responseToMessageId, payload }) => [responseToMessageId, payload.status]),
      ).to.deep.equal([['m1', 'success']]);
      stop();
      webview.say(written(configure()));
      expect(webview.sent).to.have.lengthOf(1);
    });

  for (const rubbish of ['', '{', 'x'.repeat(1_000_000), null, 7, '{"__proto__":{"messageId":"m1"}}'])
    it(`withstands ${String(rubbish).slice(0, 40)}: no access, no answer`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const banner = mount(register, { nhsNumber: '' });
      stop = followWebView2(banner, { messagingHandle });
      webview.say(rubbish);
      await nextTask(20);
      expect([banner.status, webview.sent]).to.deep.equal(['idle', []]);
      expect(await register.log()).to.deep.equal([]);
    });

  it('reports when the page is not in a WebView2', () => {
    page.chrome = {};
    expect(() => followWebView2(document.createElement('cp-is-banner'), { messagingHandle })).to.throw(
      'not in a WebView2',
    );
  });
});
