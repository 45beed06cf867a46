import { expect } from 'chai';

import '../../src/define.js';
import type { Rehearsal } from '../../src/contract/register-service.js';
import { page } from '../../src/session/page.js';
import { accesses, held, nhsNumber } from '../fixtures/bundles.js';
import { answered, mount, nextTask, unmountAll } from '../support/page/banner.js';
import { replace } from '../support/page/broken-storage.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

type RehearsalModule = typeof import('../../src/element/rehearsal.js');

let copies = 0;
/** The module as a newly loaded page finds it. */
const fresh = async (): Promise<RehearsalModule> => {
  const address = `/src/element/rehearsal.ts?copy=${++copies}`;
  return (await import(address)) as RehearsalModule;
};

/** Long enough for everything that waits for a quiet moment, or for a deadline of 100 ms. */
const quiet = (): Promise<void> => nextTask(500);

describe('an open is rehearsed while the page has nothing to do', () => {
  let mends: (() => void)[] = [];
  /** How often the register’s side has read an invented body, and how often a template was put into a tree. */
  const done = { read: 0, drawn: 0 };

  /** Only the first tag of the page rehearses in each layout. */
  let isWarm = false;

  beforeEach(async () => {
    const rehearse = page.link.rehearse.bind(page.link);
    const importNode = document.importNode.bind(document);
    mends = [
      replace(page.link, 'rehearse', () => {
        done.read += 1;
        return rehearse();
      }),
      replace(document, 'importNode', (node: Node, deep?: boolean) => {
        done.drawn += 1;
        return importNode(node, deep);
      }),
    ];
    // A tag whose own rehearsal is over, however slow the machine, so the register’s side is loaded.
    mount(await ScriptedRegister.answering({}), { nhsNumber: '' });
    while (!isWarm && done.read < 2) await nextTask(5);
    isWarm = true;
    await atRest();
    Object.assign(done, { read: 0, drawn: 0 });
  });
  /** Waits until nothing is read or drawn any more. */
  const atRest = async (): Promise<void> => {
    for (let before = -1; before !== done.read + done.drawn;) {
      before = done.read + done.drawn;
      await quiet();
    }
  };
  afterEach(() => {
    for (const mend of mends) mend();
    unmountAll();
  });

  it('a whole answer is read and drawn, and then no more', async () => {
    const { rehearseWhenIdle } = await fresh();
    rehearseWhenIdle();
    while (done.read < 2) await nextTask(5);
    await atRest();
    expect(done.read).to.equal(2);
    expect(done.drawn).to.be.greaterThan(20);
    const before = { ...done };
    rehearseWhenIdle();
    await quiet();
    expect(done).to.deep.equal(before);
  });

  it('nothing is asked, nothing of the host’s is touched, and nobody is told', async () => {
    const touched: string[] = [];
    const observer = new MutationObserver((records) => touched.push(...records.map(({ type }) => type)));
    const watched = { subtree: true, childList: true, attributes: true, characterData: true };
    observer.observe(document, watched);
    for (const { shadowRoot } of document.querySelectorAll('cp-is-banner')) observer.observe(shadowRoot!, watched);
    const told = (event: Event): void => {
      touched.push(event.type);
    };
    for (const event of ['cp-is-change', 'cp-is-reveal', 'focusin']) addEventListener(event, told);
    mends.push(replace(globalThis, 'fetch', () => touched.push('fetch')));
    performance.clearResourceTimings();
    const sheets = document.adoptedStyleSheets.length;

    const { rehearseWhenIdle } = await fresh();
    performance.clearResourceTimings();
    rehearseWhenIdle();
    await quiet();
    observer.disconnect();
    for (const event of ['cp-is-change', 'cp-is-reveal', 'focusin']) removeEventListener(event, told);
    expect(done.read).to.equal(2);
    expect(touched).to.deep.equal([]);
    expect(performance.getEntriesByType('resource').map(({ name }) => name)).to.deep.equal([]);
    expect(document.adoptedStyleSheets.length).to.equal(sheets);
  });

  it('given up when the page has something to do, without another step', async () => {
    const { rehearseWhenIdle, stopRehearsing } = await fresh();
    rehearseWhenIdle();
    while (done.drawn === 0) await nextTask();
    stopRehearsing();
    const before = { ...done };
    await quiet();
    expect(done).to.deep.equal(before);
    rehearseWhenIdle();
    await quiet();
    expect(done).to.deep.equal(before);
  });

  it('put off while the host is still setting the tag, and done at the next quiet moment', async () => {
    const { rehearseWhenIdle } = await fresh();
    rehearseWhenIdle();
    while (done.drawn === 0) await nextTask();
    const before = done.read;
    rehearseWhenIdle();
    await quiet();
    expect(done.read - before).to.equal(2);
  });

  it('a rehearsal that fails is given up without a message', async () => {
    const complaints: unknown[] = [];
    const complain = (event: Event): void => {
      complaints.push(event);
    };
    addEventListener('unhandledrejection', complain);
    mends.push(replace(page.link, 'rehearse', (): Promise<Rehearsal> => Promise.reject(new Error('not loaded'))));
    const { rehearseWhenIdle } = await fresh();
    rehearseWhenIdle();
    await quiet();
    removeEventListener('unhandledrejection', complain);
    expect([complaints, done.drawn]).to.deep.equal([[], 0]);
  });
});

describe('a tag whose page is still rehearsing', () => {
  afterEach(unmountAll);

  it('opens a patient as usual, at any moment', async () => {
    for (const moment of [0, 1, 20, 99, 101, 105, 120]) {
      const register = await ScriptedRegister.answering({
        CareTeam: { body: held() },
        AuditEvent: { body: accesses([]) },
      });
      const banner = mount(register, { nhsNumber: '', encounter: `${moment} ${Math.random()}` });
      await nextTask(moment);
      banner.nhsNumber = nhsNumber;
      expect([(await answered(banner)).status, banner.visits], String(moment)).to.deep.equal(['current', 'shown']);
      expect((await register.log()).length).to.equal(2);
    }
  });
});
