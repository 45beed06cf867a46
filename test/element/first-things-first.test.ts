import { expect } from 'chai';

import { handedOver, whenIdle } from '../../src/element/frame.js';
import { CpIsBanner } from '../../src/index.js';
import { page } from '../../src/session/page.js';
import { accesses, held, none } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll } from '../support/page/banner.js';
import { replace } from '../support/page/broken-storage.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const viewed = 'CP-IS viewed once';
const registerWithVisits = (): Promise<ScriptedRegister> =>
  ScriptedRegister.answering({
    CareTeam: { body: held() },
    AuditEvent: { body: accesses([{ at: new Date(Date.now() - 30 * 3_600_000).toISOString() }]) },
  });

/** A record's answer has been drawn, and the visits have arrived. */
async function visitsWaiting(): Promise<CpIsBanner> {
  const register = await registerWithVisits();
  const banner = mount(register);
  await untilVisitsWait(register, 1);
  expect(textOf(banner)).to.contain('Child protection plan').and.not.to.contain(viewed);
  return banner;
}

async function untilVisitsWait(register: ScriptedRegister, opens: number): Promise<void> {
  while ((await register.log('AuditEvent')).length < opens) await nextTask(5);
  // Time for the answer to arrive. Not 100, which is how long the tag waits for a frame.
  await nextTask(99);
}

async function untilDrawn(banner: CpIsBanner, text: string): Promise<void> {
  while (!textOf(banner).includes(text)) await nextTask(5);
}

describe('what matters most comes first', () => {
  let mend: (() => void)[] = [];
  afterEach(() => {
    for (const undo of mend) undo();
    mend = [];
    unmountAll();
  });

  /** Holds back every frame, and the time limit on waiting for one, until the test lets them come. */
  function holdFrames(): (most?: number) => void {
    const frames: (() => void)[] = [];
    const later = globalThis.setTimeout;
    mend = [
      replace(globalThis, 'requestAnimationFrame', (frame: () => void) => frames.push(frame)),
      replace(globalThis, 'setTimeout', (then: () => void, milliseconds = 0) =>
        milliseconds === 100 ? 0 : later(then, milliseconds),
      ),
    ];
    return (most = frames.length) => {
      for (const frame of frames.splice(0, most)) frame();
    };
  }

  it('visits that arrive before the frame that shows the status are drawn after it', async () => {
    const letFramesCome = holdFrames();
    const banner = await visitsWaiting();
    expect(banner.visits).to.equal('loading');
    expect(textOf(banner)).to.contain('Child protection plan').and.not.to.contain(viewed);
    letFramesCome();
    await answered(banner);
    expect(textOf(banner)).to.contain(viewed);
  });

  it('the previous answer’s frame does not let the new visits through', async () => {
    const letFramesCome = holdFrames();
    const register = await registerWithVisits();
    const banner = mount(register, { encounter: 'one open' });
    await untilVisitsWait(register, 1);
    banner.encounter = 'another open';
    await untilVisitsWait(register, 2);
    letFramesCome(1);
    await nextTask(20);
    expect(banner.visits).to.equal('loading');
    letFramesCome();
    await answered(banner);
    expect(textOf(banner)).to.contain(viewed);
  });

  it('while visits wait, another patient blanks the screen in the host’s own task', async () => {
    holdFrames();
    const banner = await visitsWaiting();
    banner.nhsNumber = '';
    expect(textOf(banner)).to.equal('');
  });

  it('visits are shown even in a page that draws no frames', async () => {
    mend = [replace(globalThis, 'requestAnimationFrame', () => 0)];
    await untilDrawn(mount(await registerWithVisits()), viewed);
  });

  it('work put off until the page is idle is done even if it never is', async () => {
    mend = [
      replace(globalThis, 'requestIdleCallback', (then: () => void, options?: IdleRequestOptions) =>
        options?.timeout === undefined ? 0 : setTimeout(then, options.timeout),
      ),
    ];
    await new Promise<void>(whenIdle);
  });

  it('visits wait for one frame: a second, which would be empty, would hold them up', async () => {
    let frames = 0;
    const ask = requestAnimationFrame.bind(globalThis);
    mend = [
      replace(globalThis, 'requestAnimationFrame', (then: FrameRequestCallback) => {
        frames += 1;
        return ask(then);
      }),
    ];
    await handedOver();
    // Safari and Firefox before 142 have no scheduler, which stands in for timers elsewhere.
    expect(frames).to.equal('scheduler' in globalThis ? 1 : 2);
  });

  it('no attribute is set to the value it already has, which would cost the browser a style pass', async () => {
    const register = await registerWithVisits();
    const banner = mount(register, { nhsNumber: '' });
    await nextTask(5);
    const said: Record<string, (string | null)[]> = { status: [], visits: [], reason: [] };
    const observer = new MutationObserver((records) => {
      for (const { attributeName, oldValue } of records) said[attributeName ?? '']?.push(oldValue);
    });
    observer.observe(banner, { attributeOldValue: true, attributeFilter: Object.keys(said) });
    banner.nhsNumber = '9990000018';
    await answered(banner);
    observer.disconnect();
    expect(said).to.deep.equal({ status: ['idle', 'checking'], visits: ['none', 'loading'], reason: [] });
  });

  it('checking uses no calendar, whose first use takes the browser longer than all the drawing', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { hold: true } });
    const banner = mount(register, { nhsNumber: '' });
    await nextTask(200);
    let looks = 0;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the date it is called on
    const toISOString = Date.prototype.toISOString;
    mend = [
      replace(Date.prototype, 'toISOString', function (this: Date) {
        looks += 1;
        return toISOString.call(this);
      }),
    ];
    banner.nhsNumber = '9990000018';
    while (!textOf(banner).includes('Checking CP-IS')) await nextTask();
    expect(looks).to.equal(0);
  });

  it('without postTask, everything set in one task is still one open', async () => {
    mend = [replace(globalThis, 'scheduler', undefined)];
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = mount(register, { nhsNumber: '' });
    banner.encounter = 'without postTask';
    banner.nhsNumber = '9990000018';
    expect((await answered(banner)).status).to.equal('none');
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('signing out: a banner that cannot clear its patient does not keep the others from doing so', async () => {
    const banner = await answered(mount(await registerWithVisits(), { encounter: 'signing out' }));
    const reported: unknown[] = [];
    const fault = new Error('cannot');
    const kept = onerror;
    onerror = (_, __, ___, ____, error) => reported.push(error);
    const broken = page.dropped.subscribe(() => {
      throw fault;
    });
    mend = [
      () => {
        broken.unsubscribe();
        onerror = kept;
      },
    ];
    CpIsBanner.signOut();
    expect([banner.status, banner.reason]).to.deep.equal(['not-checked', 'signed-out']);
    await nextTask(5);
    expect(reported).to.deep.equal([fault]);
  });
});
