import { expect } from 'chai';

import type { News, PageSide } from '../../src/contract/register-service.js';
import { loadRegister, type Fate, type Loaded } from '../../src/session/worker-ladder.js';
import { accesses, held } from '../fixtures/bundles.js';
import { eventually, inWords, questionOf } from '../register/checks.js';
import { listen } from '../support/page/listen.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const nowhere = '/no-such/cp-is-banner.worker.js';

/** A page that keeps what it is told. */
class Page implements PageSide {
  readonly news: News[] = [];
  tokens = ['token'];

  tell = (news: News): void => {
    this.news.push(news);
  };
  here = (): Promise<void> => Promise.resolve();
  storageKey = (): Promise<undefined> => Promise.resolve(undefined);
  token = (): Promise<string> => {
    const token = this.tokens.shift();
    return token === undefined ? Promise.reject(new Error('no session')) : Promise.resolve(token);
  };
}

/** Runs with something else in the place of workers. */
async function withoutWorkers<T>(run: () => Promise<T>, Replacement: unknown): Promise<T> {
  const { Worker } = globalThis;
  Object.assign(globalThis, { Worker: Replacement });
  try {
    return await run();
  } finally {
    Object.assign(globalThis, { Worker });
  }
}

/** A worker whose constructor does not throw but which never answers, as under some policies. */
class SilentWorker extends EventTarget {
  terminated = false;
  postMessage(): void {
    // Nothing hears it.
  }
  terminate(): void {
    this.terminated = true;
  }
}

/** A worker with its own script, which reports a different build or none, and whose next message is its failure. */
const workerOf = (script: string): unknown =>
  class extends Worker {
    constructor() {
      super(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    }
  };
const answering = (value: string): string =>
  `onmessage = ({ data: { id } }) => { postMessage({ id, type: 'RAW', value: ${value} }) };`;

function ForbiddenWorker(): never {
  throw new DOMException('refused by policy', 'SecurityError');
}

/** Long, because the sources are served unbundled here and the machine may be busy. */
const ready = 8000;
const anew: Fate = { spent: new Set(), lost: () => undefined };

const rungs: readonly [name: string, rung: Loaded['rung'], load: (page: Page) => Promise<Loaded>][] = [
  ['a worker from the file beside the script', 'worker', (page) => loadRegister('', page, anew, ready)],
  [
    'a worker from worker-url',
    'worker',
    (page) => loadRegister('/src/session/cp-is-banner.worker.js?v=2', page, anew, ready),
  ],
  [
    'a worker-url that leads nowhere: the file beside the script',
    'worker',
    (page) => loadRegister(nowhere, page, anew, ready),
  ],
  [
    'no worker allowed: in the page',
    'page',
    (page) => withoutWorkers(() => loadRegister('', page, anew), ForbiddenWorker),
  ],
  ['no workers at all: in the page', 'page', (page) => withoutWorkers(() => loadRegister('', page, anew), undefined)],
  [
    'a worker that never answers: in the page',
    'page',
    (page) => withoutWorkers(() => loadRegister('', page, anew, 50), SilentWorker),
  ],
  [
    'a worker of another build: in the page',
    'page',
    (page) => withoutWorkers(() => loadRegister('', page, anew, ready), workerOf(answering('"older"'))),
  ],
  [
    'a worker of a build that does not know its name: in the page',
    'page',
    (page) => withoutWorkers(() => loadRegister('', page, anew, ready), workerOf(answering('undefined'))),
  ],
  [
    'a worker that was lost before it was of use: in the page',
    'page',
    (page) =>
      loadRegister('', page, {
        ...anew,
        spent: new Set([new URL('/src/session/cp-is-banner.worker.js', location.href).href]),
      }),
  ],
];

describe('the worker ladder: the same behaviour on every rung', () => {
  for (const [name, rung, load] of rungs)
    describe(name, () => {
      let page: Page;
      let loaded: Loaded;
      beforeEach(async () => {
        page = new Page();
        loaded = await load(page);
      });
      afterEach(() => {
        loaded.end();
      });

      const ask = (register: ScriptedRegister, token: boolean): void => {
        const question = questionOf(register, {}, { traceId: crypto.randomUUID() });
        void listen(loaded.service, 'a', question, { token, storageKey: false }, page.tell);
      };

      it(`runs in the ${rung}`, () => {
        expect(loaded.rung).to.equal(rung);
      });

      it('asks with the user’s token, and passes on the reply and then the visits', async () => {
        const register = await ScriptedRegister.answering({
          CareTeam: { body: held() },
          AuditEvent: { body: accesses([{ at: '2026-01-01T10:00:00Z' }]) },
        });
        ask(register, true);
        await eventually(() => page.news.length === 2);
        expect(inWords(page.news)).to.deep.equal(['held 1', 'visits 1']);
        expect((await register.log())[0]?.headers['authorization']).to.equal('Bearer token');
      });

      it('an unavailable token means that the user is signed out', async () => {
        page.tokens = [];
        const register = await ScriptedRegister.answering({});
        ask(register, true);
        await eventually(() => page.news.length === 1);
        expect(inWords(page.news)).to.deep.equal(['signed-out']);
        expect(await register.log()).to.have.lengthOf(0);
      });

      it('leaving aborts the request', async () => {
        const register = await ScriptedRegister.answering({ CareTeam: { body: held(), hold: true } });
        ask(register, false);
        await eventually(async () => (await register.log()).length === 1);
        void loaded.service.leave('a');
        await eventually(async () => (await register.log())[0]?.aborted === true);
      });

      it('forgetting drops the request under way', async () => {
        const register = await ScriptedRegister.answering({ CareTeam: { body: held(), hold: true } });
        ask(register, false);
        await eventually(async () => (await register.log()).length === 1);
        void loaded.service.forget(false);
        await eventually(async () => (await register.log())[0]?.aborted === true);
        expect(page.news).to.deep.equal([]);
      });
    });
});

describe('a worker that has started and fails', () => {
  for (const [what, fail] of [
    ['by an error that nobody catches', 'setTimeout(() => { throw new Error("broken") })'],
    ['by a message that cannot be read', ''],
  ] as const)
    it(`${what}: is reported`, async () => {
      let started: Worker | undefined;
      let lost = 0;
      const script = `${answering('"sources"')}; addEventListener('message', ({ data }) => { if (data === 'fail') { ${fail} } })`;
      const Started = workerOf(script) as new () => Worker;
      class Caught extends Started {
        constructor() {
          super();
          // eslint-disable-next-line @typescript-eslint/no-this-alias -- the worker is what is wanted
          started = this;
        }
      }
      const fate = { spent: new Set<string>(), lost: () => (lost += 1) };
      const loaded = await withoutWorkers(() => loadRegister('', new Page(), fate, ready), Caught);
      expect([loaded.rung, lost]).to.deep.equal(['worker', 0]);
      const silence = (event: ErrorEvent): void => {
        event.preventDefault();
      };
      started!.addEventListener('error', silence);
      if (fail === '') started!.dispatchEvent(new MessageEvent('messageerror'));
      else started!.postMessage('fail');
      await eventually(() => lost === 1);
      loaded.end();
    });
});
