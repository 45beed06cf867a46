import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, nhsNumber, none } from '../fixtures/bundles.js';
import { answered, mount, nextTask, unmountAll } from '../support/page/banner.js';
import { replace } from '../support/page/broken-storage.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

/** How many messages went between the page and its worker, and how many ports went with them. */
interface Traffic {
  messages: number;
  ports: number;
}

/** Counts from now on. */
function listenToTheLine(worker: Worker, traffic: Traffic): () => void {
  const send = worker.postMessage.bind(worker) as (message: unknown, transfer: Transferable[]) => void;
  const heard = ({ ports }: MessageEvent): void => {
    traffic.messages += 1;
    traffic.ports += ports.length;
  };
  worker.addEventListener('message', heard);
  const mend = replace(worker, 'postMessage', (message: unknown, transfer: Transferable[] = []) => {
    traffic.messages += 1;
    traffic.ports += transfer.filter((one) => one instanceof MessagePort).length;
    send(message, transfer);
  });
  return () => {
    worker.removeEventListener('message', heard);
    mend();
  };
}

/** The page's own worker, caught when it starts. */
let worker: Worker | undefined;
const RealWorker = globalThis.Worker;
globalThis.Worker = class extends RealWorker {
  constructor(...words: ConstructorParameters<typeof RealWorker>) {
    super(...words);
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the worker is what is wanted
    worker = this;
  }
};

describe('messages between the page and its worker', () => {
  let warm: CpIsBanner;
  let banner: CpIsBanner;

  before(async () => {
    // The first open starts the worker, so those that follow are warm. The worker's sources are many files, which a
    // busy machine does not deliver within the second that a worker is given.
    const own = globalThis.setTimeout;
    const patient = (work: () => void, after = 0): unknown => own(work, after === 1000 ? 60_000 : after);
    const mend = replace(globalThis, 'setTimeout', patient);
    warm = mount(await ScriptedRegister.answering({ CareTeam: { body: none() } }));
    await answered(warm);
    mend();
  });
  after(() => {
    unmountAll();
    globalThis.Worker = RealWorker;
  });

  const idle = async (properties: Partial<CpIsBanner> = {}): Promise<CpIsBanner> => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([{ at: '2026-01-01T10:00:00Z' }]) },
    });
    return mount(register, { nhsNumber: '', ...properties });
  };
  const trafficOf = async (act: () => void): Promise<Traffic> => {
    const traffic: Traffic = { messages: 0, ports: 0 };
    await nextTask(50);
    const stop = listenToTheLine(worker!, traffic);
    act();
    await answered(banner);
    await nextTask(100);
    stop();
    return traffic;
  };
  const open = (): void => {
    banner.nhsNumber = nhsNumber;
  };

  it('a warm open: the question and the record; then "more" and the visits', async () => {
    banner = await idle();
    expect(await trafficOf(open)).to.deep.equal({ messages: 4, ports: 0 });
    expect(banner.visits).to.equal('shown');
  });

  it('a re-open of a stored answer: the question and the whole answer', async () => {
    banner = await idle();
    open();
    await answered(banner);
    banner.clear();
    expect(await trafficOf(open)).to.deep.equal({ messages: 2, ports: 0 });
    expect(banner.visits).to.equal('shown');
  });

  it('a warm open with a token: the same, and the token, asked for and given', async () => {
    banner = await idle({ accessToken: () => Promise.resolve('token') });
    expect(await trafficOf(open)).to.deep.equal({ messages: 6, ports: 0 });
  });
});
