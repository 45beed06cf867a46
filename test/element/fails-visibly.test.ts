import { expect } from 'chai';
import { NEVER, Subject } from 'rxjs';

import '../../src/define.js';
import { handedOver } from '../../src/element/frame.js';
import type { CpIsBanner } from '../../src/index.js';
import { page } from '../../src/session/page.js';
import { accesses, held, nhsNumber, none } from '../fixtures/bundles.js';
import { answered, isSlotShown, mount, nextTask, textOf, unmountAll } from '../support/page/banner.js';
import { replace } from '../support/page/broken-storage.js';
import { needing } from '../support/page/engine.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

declare const scheduler: object;

const fault = (): never => {
  throw new Error('broken');
};

/** Makes a property throw when it is read, set or called. */
function spoil(object: object, name: string): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { configurable: true, get: fault, set: fault });
  return () => {
    if (before === undefined) Reflect.deleteProperty(object, name);
    else Object.defineProperty(object, name, before);
  };
}

/** Waits until something is shown about the open patient, or until after the deadline and the watchdog's last look. */
async function atRest(banner: CpIsBanner): Promise<void> {
  for (let waits = 0; waits < 600; waits += 1) {
    await nextTask(100);
    if (isSlotShown(banner) || !['idle', 'checking'].includes(banner.status)) return;
  }
}

describe('it fails visibly', () => {
  afterEach(unmountAll);

  it('the light DOM shows until the first rendering', async () => {
    const banner = document.createElement('cp-is-banner');
    banner.textContent = 'CP-IS not checked';
    document.body.append(banner);
    expect(isSlotShown(banner)).to.equal(true);
    await banner.updateComplete;
    expect(isSlotShown(banner)).to.equal(false);
    banner.remove();
  });

  it('a throw while drawing brings the light DOM back, and the next patient is drawn as usual', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([]) },
    });
    const banner = await answered(mount(register));
    const { warn } = console;
    const warned: unknown[] = [];
    console.warn = (...parts: unknown[]) => warned.push(...parts);
    Object.defineProperty(banner, 'layout', {
      configurable: true,
      get: () => {
        throw new Error('a fault that names 999 000 0018');
      },
    });
    banner.requestUpdate();
    await banner.updateComplete;
    console.warn = warn;
    expect(isSlotShown(banner)).to.equal(true);
    expect(banner.shadowRoot?.textContent).not.to.contain('Islington');
    expect(warned.join()).to.contain('could not be drawn').and.not.to.contain('999 000 0018');

    Reflect.deleteProperty(banner, 'layout');
    banner.clear();
    await nextTask(5);
    banner.nhsNumber = '9990000018';
    await answered(banner);
    expect(isSlotShown(banner)).to.equal(false);
    expect(textOf(banner)).to.contain('Islington');
  });

  for (const [what, breaks, says] of [
    ['no random numbers', () => replace(crypto, 'getRandomValues', fault), 'not-checked unreachable'],
    ['a clock that throws', () => replace(Date, 'now', fault), 'the light DOM'],
  ] as const)
    it(`a throw between the host and the register (${what}): not checked, in words; then the next patient is answered`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const banner = mount(register, { nhsNumber: '' });
      await nextTask(20);
      const mend = breaks();
      banner.nhsNumber = nhsNumber;
      await nextTask(50).finally(mend);
      await nextTask(50);
      expect(isSlotShown(banner) ? 'the light DOM' : `${banner.status} ${banner.reason ?? ''}`).to.equal(says);
      expect(isSlotShown(banner) || textOf(banner).includes('CP-IS not checked')).to.equal(true);
      expect(await register.log()).to.have.lengthOf(0);
      banner.check();
      await answered(banner);
      expect([banner.status, isSlotShown(banner)]).to.deep.equal(['none', false]);
      expect(textOf(banner)).to.contain('No CP-IS record');
    });

  /** What is broken, and what is finally shown for a patient who is opened meanwhile. */
  const broken: readonly (readonly [what: string, breaks: () => () => void, says: string])[] = [
    ['a clock that tells no time', () => replace(Date, 'now', () => NaN), 'the light DOM'],
    ['a clock that gives a Date', () => replace(Date, 'now', () => new Date()), 'none or the light DOM'],
    ['a time zone that nobody knows', () => replace(Intl, 'DateTimeFormat', fault), 'none or the light DOM'],
    ['no random numbers', () => replace(crypto, 'getRandomValues', fault), 'not-checked'],
    ['tasks that are refused', () => replace(scheduler, 'postTask', fault), 'none'],
    ['tasks that fail', () => replace(scheduler, 'postTask', () => Promise.reject(new Error('no'))), 'none'],
    ['tasks that never come', () => replace(scheduler, 'postTask', () => new Promise(() => undefined)), 'none'],
    ['frames that are refused', () => replace(globalThis, 'requestAnimationFrame', fault), 'none'],
    ['frames that never come', () => replace(globalThis, 'requestAnimationFrame', () => 0), 'none'],
    ['a page link that never answers', () => replace(page.link, 'ask', () => NEVER), 'not-checked'],
    ['a page link that fails', () => replace(page.link, 'ask', fault), 'not-checked'],
    ['attributes that are not told', () => replace(Element.prototype, 'hasAttributes', () => false), 'the light DOM'],
    ['a session that hears nothing', () => replace(Subject.prototype, 'next', () => undefined), 'the light DOM'],
  ];
  for (const [what, breaks, says] of broken)
    needing(what.startsWith('tasks') ? 'posted tasks' : undefined).it(
      `nothing leaves “checking” standing (${what}): ${says}, and then the next patient is answered`,
      async () => {
        const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
        // A check that is to be answered gets enough time even on a busy machine.
        const banner = mount(register, { nhsNumber: '', timeout: says.includes('none') ? 20 : 0.5 });
        await nextTask(20);
        const mend = breaks();
        banner.nhsNumber = nhsNumber;
        await atRest(banner).finally(mend);
        const seen = isSlotShown(banner) ? 'the light DOM' : banner.status;
        expect(says).to.contain(seen);
        if (isSlotShown(banner)) expect(banner.status).to.equal('not-checked');
        else expect(textOf(banner)).to.not.contain('Checking').and.to.not.equal('');
        banner.clear();
        await nextTask(20);
        banner.timeout = 20;
        banner.nhsNumber = nhsNumber;
        await answered(banner);
        expect([banner.status, isSlotShown(banner)]).to.deep.equal(['none', false]);
      },
    );

  for (const [what, breaks] of [
    ['the property that hides', () => spoil(HTMLElement.prototype, 'hidden')],
    ['what takes an element out', () => spoil(Element.prototype, 'remove')],
    ['what puts one before another', () => spoil(Element.prototype, 'before')],
    ['what takes an element out does nothing', () => replace(Element.prototype, 'remove', () => undefined)],
    ['what takes a text out does nothing', () => replace(CharacterData.prototype, 'remove', () => undefined)],
    ['what puts one before another does nothing', () => replace(Element.prototype, 'before', () => undefined)],
    ['what puts one in does nothing', () => replace(Node.prototype, 'insertBefore', (node: Node) => node)],
  ] as const)
    for (const fails of [true, false])
      it(`something broken after an answer (${what}) leaves nothing of the previous patient${fails ? ', where the drawing fails too' : ''}`, async () => {
        const register = await ScriptedRegister.answering({
          CareTeam: { body: held() },
          AuditEvent: { body: accesses([]) },
        });
        const banner = await answered(mount(register, { timeout: 20 }));
        const mend = breaks();
        const mendLayout = fails ? spoil(banner, 'layout') : undefined;
        Object.assign(banner, { nhsNumber: '9990000026', nhsNumberStatus: 'untraced' });
        await nextTask(50);
        const said = ['status', 'reason', 'visits'].map((name) => banner.getAttribute(name));
        expect(banner.shadowRoot?.textContent).not.to.contain('Islington');
        mendLayout?.();
        mend();
        if (fails) expect(said).to.deep.equal(['not-checked', 'unreachable', 'none']);
        else expect(isSlotShown(banner) || textOf(banner).includes('CP-IS not checked')).to.equal(true);
      });

  for (const [what, breaks] of [
    ['setting one does nothing', () => replace(Element.prototype, 'setAttribute', () => undefined)],
    ['setting one throws', () => replace(Element.prototype, 'setAttribute', fault)],
    ['reading one throws', () => replace(Element.prototype, 'getAttribute', fault)],
  ] as const)
    it(`attributes that cannot be set (${what}) do not go on saying what was said of the patient before`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const banner = await answered(mount(register));
      expect(banner.outerHTML).to.contain('status="none"');
      const mend = breaks();
      banner.nhsNumber = '9990000026';
      await nextTask(50).finally(mend);
      expect(banner.outerHTML).not.to.contain('status="none"');
    });

  it('the visits follow the status where timers do nothing', async () => {
    const mend = replace(globalThis, 'setTimeout', () => 0);
    let isOver = false as boolean;
    void handedOver().then(() => (isOver = true));
    for (let frame = 0; frame < 100 && !isOver; frame++) await new Promise(requestAnimationFrame);
    mend();
    expect(isOver).to.equal(true);
  });

  it('“checking” waits in a document that nobody sees, and asks when it is seen', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const mend = replace(document, 'visibilityState', 'hidden');
    const banner = mount(register, { timeout: 0.1 });
    await nextTask(2500);
    expect([banner.status, await register.log()]).to.deep.equal(['checking', []]);
    banner.timeout = 20;
    mend();
    banner.timeout = 60;
    document.dispatchEvent(new Event('visibilitychange'));
    await answered(banner);
    expect(banner.status).to.equal('none');
  });

  it('one patient after another, each for less than the time limit: none of them times out', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { hold: true, body: none() } });
    const banner = mount(register, { timeout: 6 });
    for (const number of [nhsNumber, '9990000026', nhsNumber, '9990000026', nhsNumber]) {
      banner.nhsNumber = number;
      await nextTask(2500);
      expect(banner.status).to.equal('checking');
    }
  });

  for (const name of [
    'visibilityState',
    'prerendering',
    'baseURI',
    'createElement',
    'addEventListener',
    'defaultView',
    'adoptedStyleSheets',
    'ownerDocument',
    'body',
    'importNode',
    'createTreeWalker',
    'createComment',
    'activeElement',
  ])
    it(`an element named ${name} in the page: answered, or the light DOM shows`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const image = document.createElement('img');
      const banner = document.createElement('cp-is-banner');
      const { body } = document;
      Object.assign(banner, {
        baseUrl: register.baseUrl,
        nhsNumber,
        nhsNumberStatus: 'verified',
        careSetting: 'emergency-department',
        timeout: 6,
      });
      try {
        image.setAttribute('name', name);
        body.append(image, banner);
        await atRest(banner);
        expect(isSlotShown(banner) ? 'the light DOM' : banner.status).to.be.oneOf(['none', 'the light DOM']);
        expect(banner.status).to.be.oneOf(['none', 'not-checked']);
      } finally {
        image.remove();
        banner.remove();
      }
    });

  it('importing the class registers nothing and does not need a document', async () => {
    const { CpIsBanner } = await import('../../src/index.js');
    expect(CpIsBanner.name).to.equal('CpIsBanner');
  });
});
