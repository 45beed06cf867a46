import { expect } from 'chai';
import { html, LitElement } from 'lit';

import { CpIsBanner, type CpIsChangeEvent } from '../../src/index.js';
import { accesses, held, nhsNumber, none, otherNumber } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll, until } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

let encounters = 0;
const newEncounter = (): string => `inside events ${++encounters} ${Math.random()}`;

const registers = (): Promise<ScriptedRegister> =>
  ScriptedRegister.answering({ CareTeam: { body: held() }, AuditEvent: { body: accesses([]) } });

/** Long enough for a request that must not be made to reach the register. */
const aWhile = (): Promise<void> => nextTask(150);

/** The patients the register was asked about. */
const askedAbout = async (register: ScriptedRegister): Promise<readonly string[]> =>
  (await register.log('CareTeam')).map(({ url }) => (url.includes(otherNumber) ? 'another patient' : 'the patient'));

interface Deed {
  readonly does: string;
  readonly act: (banner: CpIsBanner) => void;
  /** The status and reason at the end. */
  readonly ends: string;
  /** Whom the register was asked about: when the host acts before anything is asked, and when it acts later. */
  readonly asksAtFirst: readonly string[];
  readonly asksLater: readonly string[];
}

const deeds: readonly Deed[] = [
  {
    does: 'signs out',
    act: () => {
      CpIsBanner.signOut();
    },
    ends: 'not-checked signed-out',
    asksAtFirst: [],
    asksLater: ['the patient'],
  },
  {
    does: 'closes the patient',
    act: (banner) => {
      banner.clear();
    },
    ends: 'idle',
    asksAtFirst: [],
    asksLater: ['the patient'],
  },
  {
    does: 'opens somebody else',
    act: (banner) => {
      banner.nhsNumber = otherNumber;
    },
    ends: 'not-checked wrong-patient',
    asksAtFirst: ['another patient'],
    asksLater: ['the patient', 'another patient'],
  },
  {
    does: 'sets a number that is not one',
    act: (banner) => {
      banner.nhsNumber = '123';
    },
    ends: 'not-checked nhs-number-invalid',
    asksAtFirst: [],
    asksLater: ['the patient'],
  },
  {
    does: 'takes the tag out',
    act: (banner) => {
      banner.remove();
    },
    ends: 'idle',
    asksAtFirst: [],
    asksLater: ['the patient'],
  },
  {
    does: 'moves the tag',
    act: (banner) => {
      const place = document.createElement('div');
      banner.replaceWith(place);
      place.append(banner);
    },
    ends: 'current',
    asksAtFirst: ['the patient'],
    asksLater: ['the patient'],
  },
  {
    does: 'throws',
    act: () => {
      throw new Error('thrown by the host');
    },
    ends: 'current',
    asksAtFirst: ['the patient'],
    asksLater: ['the patient'],
  },
];

/** The host does this once, at the first such event that `when` accepts. */
function doOnce(banner: CpIsBanner, event: string, act: Deed['act'], when: (event: Event) => boolean): () => boolean {
  let done = false;
  banner.addEventListener(event, (happened) => {
    if (done || !when(happened)) return;
    done = true;
    act(banner);
  });
  return () => done;
}

const says = ({ status, reason }: CpIsBanner): string => [status, reason].join(' ').trim();
const statusOf = (event: Event): string => `${(event as CpIsChangeEvent).status} ${(event as CpIsChangeEvent).visits}`;

async function pressed(banner: CpIsBanner, selector: string): Promise<void> {
  const found = banner.shadowRoot?.querySelector<HTMLElement>(selector);
  // Following the number leads only to the host.
  banner.shadowRoot?.addEventListener('click', (event) => event.preventDefault(), { once: true });
  found?.click();
  await nextTask();
}

describe('what a host does inside an event of the tag takes effect before the tag goes on', () => {
  let kept: typeof onerror;
  beforeEach(() => {
    kept = globalThis.onerror;
    globalThis.onerror = (_, __, ___, ____, error) => error?.message === 'thrown by the host';
  });
  afterEach(() => {
    unmountAll();
    globalThis.onerror = kept;
  });

  const expectEnd = async (banner: CpIsBanner, register: ScriptedRegister, deed: Deed, asked: readonly string[]) => {
    await aWhile();
    await until(banner, () => says(banner) === deed.ends);
    expect(textOf(banner).includes('Child protection plan')).to.equal(deed.ends === 'current');
    expect(await askedAbout(register)).to.deep.equal(asked);
  };

  for (const deed of deeds) {
    it(`told that it is checking, it ${deed.does}`, async () => {
      const register = await registers();
      const banner = mount(register, { encounter: newEncounter() });
      const done = doOnce(banner, 'cp-is-change', deed.act, (event) => statusOf(event) === 'checking none');
      while (!done()) await nextTask(5);
      await expectEnd(banner, register, deed, deed.asksAtFirst);
    });

    for (const told of ['current loading', 'current shown'])
      it(`told that it is ${told}, it ${deed.does}`, async () => {
        const register = await registers();
        const banner = mount(register, { encounter: newEncounter() });
        const done = doOnce(banner, 'cp-is-change', deed.act, (event) => statusOf(event) === told);
        await until(banner, done);
        await expectEnd(banner, register, deed, deed.asksLater);
      });

    it(`told that a number was followed, it ${deed.does}`, async () => {
      const register = await registers();
      const banner = await answered(mount(register, { encounter: newEncounter() }));
      const done = doOnce(banner, 'cp-is-call', deed.act, () => true);
      await pressed(banner, 'a[href^="tel:"]');
      expect(done()).to.equal(true);
      await expectEnd(banner, register, deed, deed.asksLater);
    });

    it(`told that the details were shown, it ${deed.does}`, async () => {
      const register = await registers();
      const banner = await answered(mount(register, { encounter: newEncounter(), discreet: true }));
      const done = doOnce(banner, 'cp-is-reveal', deed.act, () => true);
      await pressed(banner, 'button');
      expect(done()).to.equal(true);
      await expectEnd(banner, register, deed, deed.asksLater);
    });
  }

  it('told that it is checking, it takes the tag out and puts it back in a later task: asked about once', async () => {
    const register = await registers();
    const banner = mount(register, { encounter: newEncounter() });
    const later = (): void => {
      banner.remove();
      void Promise.resolve().then(() => {
        document.body.append(banner);
      });
    };
    doOnce(banner, 'cp-is-change', later, () => true);
    await aWhile();
    await answered(banner);
    expect([says(banner), await askedAbout(register)]).to.deep.equal(['current', ['the patient']]);
  });

  it('told that it is not checked, it checks again: asked about twice, and no more', async () => {
    const checkAgain = (told: CpIsBanner): void => {
      told.check();
    };
    const register = await ScriptedRegister.answering({ CareTeam: { status: 500 } });
    const banner = mount(register, { encounter: newEncounter() });
    const done = doOnce(banner, 'cp-is-change', checkAgain, (event) => statusOf(event) === 'not-checked none');
    await until(banner, done);
    await answered(banner);
    await aWhile();
    expect([says(banner), (await askedAbout(register)).length]).to.deep.equal(['not-checked register-error', 2]);
  });
});

/** A framework's host: it keeps what it is told as its state, and draws itself again, including the tag. */
class StatefulHost extends LitElement {
  static override readonly properties = { told: { state: true }, nhsNumber: {}, baseUrl: {}, encounter: {} };
  declare told: string[];
  declare nhsNumber: string;
  declare baseUrl: string;
  declare encounter: string;
  duringUpdate = 0;

  constructor() {
    super();
    this.told = [];
  }

  #tell(what: string): void {
    if (!this.hasUpdated || this.isUpdatePending) this.duringUpdate += 1;
    this.told = [...this.told, what];
  }

  protected override render() {
    return html`<output>${this.told.join(', ')}</output>
      <cp-is-banner
        care-setting="emergency-department"
        nhs-number-status="verified"
        .baseUrl=${this.baseUrl}
        .nhsNumber=${this.nhsNumber}
        .encounter=${this.encounter}
        .layout=${this.told.length % 2 === 0 ? 'banner' : 'compact'}
        discreet
        @cp-is-change=${(event: CpIsChangeEvent) => {
          this.#tell(statusOf(event));
        }}
        @cp-is-call=${({ type }: Event) => {
          this.#tell(type);
        }}
        @cp-is-reveal=${({ type }: Event) => {
          this.#tell(type);
        }}
      ></cp-is-banner>`;
  }
}
customElements.define('stateful-host', StatefulHost);

describe('a host whose state follows the tag’s events', () => {
  it('is never told while it draws, and is told each thing once', async () => {
    const register = await registers();
    const host = Object.assign(document.createElement('stateful-host') as StatefulHost, {
      baseUrl: register.baseUrl,
      nhsNumber,
      encounter: newEncounter(),
    });
    document.body.append(host);
    await host.updateComplete;
    const banner = host.shadowRoot!.querySelector('cp-is-banner')!;
    await until(banner, () => host.told.includes('current shown'));
    await pressed(banner, 'button');
    await banner.updateComplete;
    expect(textOf(banner)).to.contain('Child protection plan');
    await pressed(banner, 'a[href^="tel:"]');
    host.nhsNumber = '';
    host.encounter = '';
    await until(banner, () => host.told.includes('idle none'));
    expect(host.told).to.deep.equal([
      ...['checking none', 'current loading', 'current shown'],
      ...['cp-is-reveal', 'cp-is-call', 'idle none'],
    ]);
    expect(host.duringUpdate).to.equal(0);
    expect(await askedAbout(register)).to.deep.equal(['the patient']);
    host.remove();
  });
});

describe('a host is told once per task, when the task is over, and only what has changed', () => {
  afterEach(unmountAll);

  /** What the tag says from now on. */
  const told = (banner: CpIsBanner): readonly string[] => {
    const heard: string[] = [];
    banner.addEventListener('cp-is-change', (event) => heard.push(`${event.status} ${event.reason ?? ''}`.trim()));
    return heard;
  };

  /** The host's settings in one task, one after another. `signs out` comes last, if at all. */
  const tasks: readonly (readonly [
    what: string,
    sets: readonly Partial<CpIsBanner>[],
    says: string,
    told: readonly string[],
  ])[] = [
    ['nothing', [], 'idle', []],
    ['another layout', [{ layout: 'panel' }], 'idle', []],
    ['somebody', [{ nhsNumber }], 'none', ['checking', 'none']],
    ['somebody, and nobody again', [{ nhsNumber }, { nhsNumber: '' }], 'idle', []],
    ['a number that is not one', [{ nhsNumber: '123' }], 'not-checked', ['not-checked nhs-number-invalid']],
    ['that, and then one that is', [{ nhsNumber: '123' }, { nhsNumber }], 'none', ['checking', 'none']],
    [
      'an encounter, and then a number that is not verified',
      [{ encounter: 'E' }, { nhsNumberStatus: 'unverified' }, { nhsNumber }],
      'not-checked',
      ['not-checked nhs-number-unverified'],
    ],
  ];
  for (const [what, sets, status, expected] of tasks)
    it(`in one task ${what}: ${expected.join(', then ') || 'silence'}`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const banner = mount(register, { nhsNumber: '', encounter: '' });
      const heard = told(banner);
      await nextTask(20);
      expect(heard).to.deep.equal([]);
      for (const properties of sets) Object.assign(banner, properties);
      expect(heard).to.deep.equal([]);
      await until(banner, () => banner.status === status);
      await nextTask(20);
      expect(heard).to.deep.equal(expected);
    });

  it('somebody is opened and the user signs out in the same task: signed out, and nothing is asked', async () => {
    const register = await registers();
    const banner = mount(register, { nhsNumber: '' });
    await nextTask(5);
    const heard = told(banner);
    banner.nhsNumber = nhsNumber;
    CpIsBanner.signOut();
    await aWhile();
    expect([heard, await askedAbout(register)]).to.deep.equal([['not-checked signed-out'], []]);
  });

  it('closing blanks at once, and says so when the task is over', async () => {
    const banner = await answered(mount(await registers(), { encounter: newEncounter() }));
    const heard = told(banner);
    banner.clear();
    expect([banner.status, banner.getAttribute('status'), banner.answer, textOf(banner), heard]).to.deep.equal([
      'idle',
      'idle',
      undefined,
      '',
      [],
    ]);
    await nextTask(5);
    expect(heard).to.deep.equal(['idle']);
  });
});
