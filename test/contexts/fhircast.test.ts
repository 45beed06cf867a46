import { expect } from 'chai';

import type { HubFaults, Seen } from '../../demo/shared/fhircast-messages.js';
import { followFhircast, type FhircastOptions } from '../../src/contexts/fhircast.js';
import type { CpIsBanner } from '../../src/index.js';
import { nhsNumber as patientNumber, none, otherNumber } from '../fixtures/bundles.js';
import { encounter, identifier, patient } from '../fixtures/contexts.js';
import { answered, mount, nextTask, textOf, unmountAll, until } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const somebodyElse = patient(identifier(otherNumber));
const outOfSync = 'This may be another patient: NHS No. 999 000 0018 Out of sync. Open your patient again. Show';

let count = 0;
let now = Date.parse('2026-11-22T21:42:00Z');
/** The hub's clock, which every event moves forward. */
const later = (): string => new Date((now += 1000)).toISOString();

interface Message {
  readonly timestamp: string;
  readonly id: string;
  readonly event: Record<string, unknown>;
}

/** The test's side of one topic at the hub. */
class Session {
  readonly topic = `topic-${++count}-${Math.random()}`;
  readonly #hub: string;

  constructor(hub: string) {
    this.#hub = hub;
  }

  get url(): string {
    return `${this.#hub}/hub`;
  }

  message(name: string, about: unknown, during?: unknown, timestamp = later()): Message {
    const context = [
      { key: 'patient', resource: about },
      ...(during === undefined ? [] : [{ key: 'encounter', resource: during }]),
    ];
    return { timestamp, id: `id-${++count}`, event: { 'hub.topic': this.topic, 'hub.event': name, context } };
  }

  /**
   * Publishes an event and returns the status of its acknowledgement. An event that this hub refuses is sent unchanged,
   * because other hubs accept it.
   */
  async publish(message: Message): Promise<string | undefined> {
    const headers = { Authorization: 'Bearer epr', 'Content-Type': 'application/json' };
    const { ok } = await fetch(this.url, { method: 'POST', headers, body: JSON.stringify(message) });
    if (!ok) await this.send(JSON.stringify(message));
    return this.statusOf(message.id);
  }

  async statusOf(id: string): Promise<string | undefined> {
    for (;;) {
      const found = (await this.seen()).acknowledged.find((acknowledgement) => acknowledgement.id === id);
      if (found !== undefined) return found.status;
      await nextTask(10);
    }
  }

  /** Sends any text unchanged to every subscriber. */
  async send(text: string): Promise<void> {
    await fetch(`${this.#hub}/sandbox/${this.topic}/send`, { method: 'POST', body: text });
  }

  async misbehave(faults: HubFaults): Promise<void> {
    await fetch(`${this.#hub}/sandbox/${this.topic}/faults`, { method: 'PUT', body: JSON.stringify(faults) });
  }

  async cut(): Promise<void> {
    await fetch(`${this.#hub}/sandbox/${this.topic}/cut`, { method: 'POST' });
  }

  async seen(): Promise<Seen> {
    return (await (await fetch(`${this.#hub}/sandbox/${this.topic}`)).json()) as Seen;
  }
}

describe('FHIRcast', () => {
  const stops = new Set<() => void>();
  afterEach(() => {
    for (const stop of stops) stop();
    stops.clear();
    unmountAll();
  });

  const visit = (status = 'in-progress'): Record<string, unknown> =>
    encounter(status, `visit-${++count}-${Math.random().toString(36).slice(2)}`);

  const newSession = async (): Promise<Session> => new Session(await (await fetch('/hub')).text());

  async function following(
    given?: Session,
    options: Partial<FhircastOptions> = {},
  ): Promise<{
    banner: CpIsBanner;
    register: ScriptedRegister;
    session: Session;
    states: string[];
    next: (state: string) => Promise<void>;
  }> {
    const session = given ?? (await newSession());
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = mount(register, { nhsNumber: '' });
    const states: string[] = [];
    const { url: hubUrl, topic } = session;
    stops.add(
      followFhircast(banner, {
        hubUrl,
        topic,
        accessToken: () => Promise.resolve('viewer'),
        onState: (state) => states.push(state),
        ...options,
      }),
    );
    let heard = 0;
    const next = async (state: string): Promise<void> => {
      while (!states.slice(heard).includes(state)) await nextTask(10);
      heard = states.indexOf(state, heard) + 1;
    };
    return { banner, register, session, states, next };
  }

  const line = (banner: CpIsBanner): Promise<string> => banner.updateComplete.then(() => textOf(banner, '.sync'));

  it('opens the patient of the encounter that the EPR opens, and says 200', async () => {
    const { banner, register, session, next } = await following();
    await next('connected');
    expect(await session.publish(session.message('Encounter-open', patient(), visit()))).to.equal('200');
    await answered(banner);
    expect(banner.status).to.equal('none');
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('understands STU2: names in lower case, the encounter beside the patient', async () => {
    const session = await newSession();
    await session.misbehave({ lowerCase: true });
    const { banner, next } = await following(session);
    await next('connected');
    expect(await session.publish(session.message('Patient-open', patient(), visit()))).to.equal('200');
    await answered(banner);
    expect(banner.status).to.equal('none');
    await session.publish(session.message('Patient-close', patient()));
    expect(banner.status).to.equal('idle');
  });

  it('Patient-open alone opens nobody, unless the host says that its patients are attending', async () => {
    const { banner, session, next } = await following();
    await next('connected');
    await session.publish(session.message('Patient-open', patient()));
    await answered(banner);
    expect([banner.status, banner.reason]).to.deep.equal(['not-checked', 'no-attendance']);
    await session.publish(session.message('Patient-close', patient()));
    expect([banner.status, banner.noAttendance]).to.deep.equal(['idle', false]);

    const attending = await following(undefined, { attendanceIsCurrent: true });
    await attending.next('connected');
    await attending.session.publish(attending.session.message('Patient-open', patient()));
    await answered(attending.banner);
    expect(attending.banner.status).to.equal('none');
  });

  it('an encounter that follows its patient is the same open', async () => {
    const { banner, register, session, next } = await following(undefined, { attendanceIsCurrent: true });
    await next('connected');
    const stay = visit('unknown');
    await session.publish(session.message('Patient-open', patient()));
    await answered(banner);
    await session.publish(session.message('Encounter-open', patient(), stay));
    await session.publish(session.message('Patient-open', patient()));
    expect([banner.status, banner.encounter]).to.deep.equal(['none', stay['id']]);
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('a replay is not a second open: many times over, on another socket, and with another id and time', async () => {
    const { banner, register, session, next } = await following();
    await next('connected');
    await session.misbehave({ replays: 20 });
    const opened = session.message('Encounter-open', patient(), visit());
    await session.publish(opened);
    await answered(banner);
    await session.cut();
    await next('connected');
    await session.publish({ ...opened, id: `id-${++count}` });
    await session.publish({ ...opened, id: `id-${++count}`, timestamp: later() });
    expect(banner.status).to.equal('none');
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('a replay does not re-open a patient whom this screen has closed', async () => {
    const { banner, register, session, next } = await following(undefined, { attendanceIsCurrent: true });
    await next('connected');
    await session.publish(session.message('Patient-open', patient()));
    await answered(banner);
    banner.clear();
    await session.cut();
    await next('connected');
    while ((await session.seen()).acknowledged.length < 2) await nextTask(10);
    expect(banner.status).to.equal('idle');
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('a replay of a patient who has since been closed is not followed', async () => {
    const { banner, register, session, next } = await following();
    await next('connected');
    const opened = session.message('Encounter-open', patient(), visit());
    await session.publish(opened);
    await answered(banner);
    await session.publish(session.message('Encounter-close', patient()));
    expect(await session.publish({ ...opened, id: 'late' })).to.equal('409');
    expect(banner.status).to.equal('idle');
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('a subscriber that joins late is told who is open', async () => {
    const session = await newSession();
    const first = await following(session);
    await first.next('connected');
    await session.publish(session.message('Encounter-open', patient(), visit()));
    const second = await following(session);
    await answered(second.banner);
    expect(second.banner.status).to.equal('none');
  });

  describe('a close', () => {
    const stay = encounter('in-progress', 'stay');
    const closes: readonly [
      name: string,
      event: string,
      about: unknown,
      during: unknown,
      closed: boolean,
      status: string,
      inSync: boolean,
    ][] = [
      ['of the patient', 'Patient-close', patient(), undefined, true, '200', true],
      ['of the encounter', 'Encounter-close', patient(), stay, true, '200', true],
      ['of another patient', 'Patient-close', somebodyElse, undefined, false, '200', true],
      ['of another encounter', 'Encounter-close', patient(), encounter('finished', 'before'), false, '200', true],
      ['that does not say whose', 'Patient-close', { resourceType: 'Patient' }, undefined, false, '422', false],
      ['that names nobody', 'Encounter-close', undefined, undefined, false, '422', false],
      [
        'of the patient’s id alone',
        'Patient-close',
        { resourceType: 'Patient', id: 'p1' },
        undefined,
        true,
        '200',
        true,
      ],
      [
        'of the patient’s id and the encounter',
        'Encounter-close',
        { resourceType: 'Patient', id: 'p1' },
        encounter('unknown', 'stay'),
        true,
        '200',
        true,
      ],
      [
        'of the encounter’s id alone',
        'Encounter-close',
        undefined,
        { resourceType: 'Encounter', id: 'stay' },
        true,
        '200',
        true,
      ],
      ['of the encounter’s patient', 'Encounter-close', undefined, { ...stay, id: undefined }, true, '200', true],
      ['of the patient’s hospital number', 'Patient-close', patient({}), undefined, true, '200', true],
      ['of another id alone', 'Patient-close', { resourceType: 'Patient', id: 'p2' }, undefined, false, '200', true],
      [
        'of another encounter’s id alone',
        'Encounter-close',
        undefined,
        { resourceType: 'Encounter', id: 'before' },
        false,
        '200',
        true,
      ],
      [
        'of this encounter, and of another patient',
        'Encounter-close',
        somebodyElse,
        { ...stay, subject: undefined },
        false,
        '422',
        false,
      ],
    ];
    for (const [name, event, about, during, closed, status, inSync] of closes)
      it(name, async () => {
        const { banner, session, next } = await following();
        await next('connected');
        await session.publish(session.message('Encounter-open', patient(), stay));
        await answered(banner);
        expect(await session.publish(session.message(event, about, during))).to.equal(status);
        expect([banner.status === 'idle', !banner.outOfSync]).to.deep.equal([closed, inSync]);
      });

    it('that is older than the open', async () => {
      const { banner, session, next } = await following();
      await next('connected');
      const late = session.message('Encounter-close', patient(), stay);
      await session.publish(session.message('Encounter-open', patient(), stay));
      await answered(banner);
      expect(await session.publish(late)).to.equal('409');
      expect(banner.status).to.equal('none');
    });
  });

  describe('the user leaves the patient', () => {
    for (const [event, context] of [
      ['home-open', []],
      ['Home-open', undefined],
      ['UserHibernate', [{ key: 'parameters', resource: { resourceType: 'Parameters' } }]],
      ['userLogout', [{ key: 'parameters', resource: { resourceType: 'Parameters' } }]],
    ] as const)
      it(`${event}: nobody is open, and what comes next is followed`, async () => {
        const { banner, register, session, next } = await following();
        await next('connected');
        await session.publish(session.message('Encounter-open', patient(), visit()));
        await answered(banner);
        const message = session.message(event, undefined);
        message.event['context'] = context;
        // Not through the hub, which passes on only events with a context, as STU3 asks. Other hubs pass on all.
        await session.send(JSON.stringify(message));
        expect(await session.statusOf(message.id)).to.equal('200');
        expect([banner.status, banner.outOfSync]).to.deep.equal(['idle', false]);
        expect(await session.publish(session.message('Encounter-open', patient(), visit()))).to.equal('200');
        await until(banner, ({ status, nhsNumber }) => status === 'none' && nhsNumber === patientNumber);
        expect(await register.log()).to.have.lengthOf(2);
      });

    it('UserLogout signs out: other banners of the page forget too', async () => {
      const { banner, session, next } = await following();
      const beside = await answered(mount(await ScriptedRegister.answering({ CareTeam: { body: none() } })));
      await next('connected');
      await session.publish(session.message('Encounter-open', patient(), visit()));
      await answered(banner);
      await session.publish(session.message('UserLogout', undefined));
      expect([banner.status, beside.status, beside.reason]).to.deep.equal(['idle', 'not-checked', 'signed-out']);
    });

    it('UserLogout signs out, however late it arrives', async () => {
      const { banner, session, next } = await following();
      await next('connected');
      const late = session.message('UserLogout', undefined);
      await session.publish(session.message('Encounter-open', patient(), visit()));
      await answered(banner);
      expect(await session.publish(late)).to.equal('200');
      expect(banner.status).to.equal('idle');
    });

    it('a Home-open from before the patient was opened closes nobody', async () => {
      const { banner, session, next } = await following();
      await next('connected');
      const late = session.message('Home-open', undefined);
      await session.publish(session.message('Encounter-open', patient(), visit()));
      await answered(banner);
      expect(await session.publish(late)).to.equal('409');
      expect(banner.status).to.equal('none');
    });
  });

  describe('an event that was not asked for', () => {
    const study = (subject: object): unknown => ({
      key: 'study',
      resource: { resourceType: 'ImagingStudy', ...subject },
    });
    const rows: readonly [name: string, event: string, context: readonly unknown[], status: string, inSync: boolean][] =
      [
        ['of this patient', 'ImagingStudy-open', [{ key: 'patient', resource: patient() }], '404', true],
        ['of this id', 'ImagingStudy-open', [study({ subject: { reference: 'Patient/p1' } })], '404', true],
        ['of nobody', 'org.example.event', [{ key: 'x', resource: { resourceType: 'Parameters' } }], '404', true],
        ['of another patient', 'ImagingStudy-open', [{ key: 'patient', resource: somebodyElse }], '409', false],
        [
          'of another id',
          'ImagingStudy-open',
          [{ key: 'patient', resource: { resourceType: 'Patient', id: 'xyz' } }],
          '409',
          false,
        ],
        [
          'of another patient’s study',
          'ImagingStudy-open',
          [study({ subject: { reference: 'Patient/xyz' } })],
          '409',
          false,
        ],
        [
          'of another patient’s report',
          'DiagnosticReport-select',
          [{ key: 'patient', resource: somebodyElse }],
          '409',
          false,
        ],
        [
          'of another patient, closing',
          'ImagingStudy-close',
          [{ key: 'patient', resource: somebodyElse }],
          '404',
          true,
        ],
      ];
    for (const [name, event, context, status, inSync] of rows)
      it(`${name}: ${status}, ${inSync ? 'in sync' : 'out of sync until the hub says who is open'}`, async () => {
        const { banner, register, session, next } = await following();
        await next('connected');
        const stay = visit();
        await session.publish(session.message('Encounter-open', patient(), stay));
        await answered(banner);
        const message = session.message(event, undefined);
        message.event['context'] = context;
        await session.send(JSON.stringify(message));
        expect(await session.statusOf(message.id)).to.equal(status);
        expect([banner.status, !banner.outOfSync]).to.deep.equal(['none', inSync]);
        await session.publish(session.message('Encounter-open', patient(), stay));
        expect([banner.status, banner.outOfSync]).to.deep.equal(['none', false]);
        expect(await register.log()).to.have.lengthOf(1);
      });

    it('of somebody, with nobody on the screen: out of sync', async () => {
      const { banner, session, next } = await following();
      await next('connected');
      const message = session.message('ImagingStudy-open', patient());
      await session.send(JSON.stringify(message));
      expect(await session.statusOf(message.id)).to.equal('409');
      expect(await line(banner)).to.equal('Out of sync: CP-IS not checked.');
    });

    it('of a patient who was opened and is not attending: nothing is said about it', async () => {
      const { banner, session, next } = await following();
      await next('connected');
      await session.publish(session.message('Encounter-open', patient(), visit('finished')));
      const message = session.message('ImagingStudy-open', patient());
      await session.send(JSON.stringify(message));
      expect(await session.statusOf(message.id)).to.equal('404');
      expect([banner.reason, banner.outOfSync]).to.deep.equal(['no-attendance', false]);
    });

    const system = 'https://fhircast.hl7.org/events/syncerror/eventid';
    for (const [name, codings, inSync] of [
      ['about the event that is followed', (id: string) => [{ system, code: id }], false],
      ['about another event', () => [{ system, code: 'long-ago' }], true],
      ['about no event', () => [], false],
    ] as const)
      it(`a SyncError ${name}: ${inSync ? 'in sync' : 'out of sync'}`, async () => {
        const { banner, session, next } = await following();
        await next('connected');
        const opened = session.message('Encounter-open', patient(), visit());
        await session.publish(opened);
        await answered(banner);
        const error = session.message('SyncError', undefined);
        const resource = { resourceType: 'OperationOutcome', issue: [{ details: { coding: codings(opened.id) } }] };
        error.event['context'] = [{ key: 'operationoutcome', resource }];
        expect(await session.publish(error)).to.equal('200');
        expect([banner.status, !banner.outOfSync]).to.deep.equal(['none', inSync]);
      });

    it('a SyncError about what this screen itself refused is ignored', async () => {
      const { banner, session, next } = await following();
      await next('connected');
      const opened = session.message('Encounter-open', patient({}), visit());
      expect(await session.publish(opened)).to.equal('422');
      const error = session.message('SyncError', undefined);
      const resource = {
        resourceType: 'OperationOutcome',
        issue: [{ details: { coding: [{ system, code: opened.id }] } }],
      };
      error.event['context'] = [{ key: 'operationoutcome', resource }];
      expect(await session.publish(error)).to.equal('200');
      expect([banner.reason, banner.outOfSync]).to.deep.equal(['nhs-number-missing', false]);
    });
  });

  describe('times', () => {
    const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

    for (const [name, stamp] of [
      ['ten minutes ahead', inMinutes(10)],
      ['two seconds ahead', inMinutes(1 / 30)],
      ['of the year 275760', '+275760-09-12T00:00:00.000Z'],
      ['that is no time', 'soon'],
    ] as const)
      it(`a stamp ${name} blocks nothing: the next patient, and the close, are followed`, async () => {
        const { banner, session, next } = await following();
        await next('connected');
        expect(await session.publish(session.message('Encounter-open', patient(), visit(), stamp))).to.equal('200');
        await answered(banner);
        await nextTask(2);
        const next_ = session.message('Encounter-open', somebodyElse, visit(), inMinutes(0));
        expect(await session.publish(next_)).to.equal('200');
        await until(banner, ({ nhsNumber }) => nhsNumber === otherNumber);
        expect(banner.outOfSync).to.equal(false);
        expect(await session.publish(session.message('Patient-close', somebodyElse, undefined, inMinutes(0)))).to.equal(
          '200',
        );
        expect(banner.status).to.equal('idle');
      });

    it('a hub whose clock is behind is followed', async () => {
      const { banner, session, next } = await following();
      await next('connected');
      for (const minutes of [-600, -599]) {
        const about = minutes === -600 ? patient() : somebodyElse;
        expect(await session.publish(session.message('Encounter-open', about, visit(), inMinutes(minutes)))).to.equal(
          '200',
        );
      }
      await until(banner, ({ nhsNumber }) => nhsNumber === otherNumber);
    });

    it('after a lost connection the hub’s word counts, whatever the earlier times', async () => {
      const { banner, session, next } = await following();
      await next('connected');
      const opened = session.message('Encounter-open', patient(), visit(), inMinutes(0));
      await session.send(JSON.stringify(opened));
      await answered(banner);
      await session.cut();
      await next('connected');
      const message = session.message('Encounter-open', somebodyElse, visit(), inMinutes(-5));
      expect(await session.publish(message)).to.equal('200');
      await until(banner, ({ nhsNumber }) => nhsNumber === otherNumber);
      expect(banner.outOfSync).to.equal(false);
    });

    it('one event in which two patients are named opens neither', async () => {
      const { banner, register, session, next } = await following();
      await next('connected');
      const message = session.message('Encounter-open', patient(), visit());
      (message.event['context'] as unknown[]).push({ key: 'patient', resource: somebodyElse });
      expect(await session.publish(message)).to.equal('422');
      expect([banner.reason, await register.log()]).to.deep.equal(['nhs-number-missing', []]);
    });
  });

  const rubbish = 'x'.repeat(1_000_000);
  /** What the hub sends while a patient is open, the acknowledgement, and whether that patient stays. */
  const hostile: readonly [
    name: string,
    text: (session: Session) => string,
    status: string | undefined,
    stays: boolean,
  ][] = [
    ['a megabyte of rubbish', () => rubbish, undefined, true],
    ['a megabyte of brackets', () => '['.repeat(1_000_000), undefined, true],
    [
      'a megabyte in an event',
      ({ topic }) => JSON.stringify({ id: 'x', event: { 'hub.topic': topic, 'hub.event': rubbish } }),
      '400',
      true,
    ],
    [
      'a megabyte for a name',
      (session) => JSON.stringify({ ...session.message(rubbish, patient(), visit()), id: 'x' }),
      '400',
      true,
    ],
    [
      'an unknown event',
      (session) => JSON.stringify({ ...session.message('DiagnosticReport-open', somebodyElse, visit()), id: 'x' }),
      '409',
      true,
    ],
    [
      'an event that every object has',
      (session) => JSON.stringify({ ...session.message('__proto__', patient()), id: 'x' }),
      '404',
      true,
    ],
    [
      'another topic',
      (session) =>
        JSON.stringify({ ...new Session('').message('Encounter-open', somebodyElse, visit()), id: 'x' }).replace(
          session.topic,
          '',
        ),
      '400',
      true,
    ],
    [
      'no id',
      (session) => JSON.stringify({ ...session.message('Encounter-open', somebodyElse, visit()), id: undefined }),
      undefined,
      true,
    ],
    [
      'an id that is no text',
      (session) =>
        JSON.stringify({ ...session.message('Encounter-open', somebodyElse, visit()), id: { toString: 'x' } }),
      undefined,
      true,
    ],
    ['null', () => 'null', undefined, true],
    ['a list', () => '[{"event":{}}]', undefined, true],
    [
      'an event in the prototype',
      (session) => `{"__proto__":${JSON.stringify(session.message('Encounter-open', somebodyElse, visit()))}}`,
      undefined,
      true,
    ],
    ['a denial for another topic', () => '{"hub.mode":"denied","hub.topic":"another"}', undefined, true],
    [
      'no context',
      (session) => JSON.stringify({ id: 'x', event: { 'hub.topic': session.topic, 'hub.event': 'Patient-open' } }),
      '200',
      false,
    ],
    [
      'no NHS number',
      (session) => JSON.stringify({ ...session.message('Encounter-open', patient({}), visit()), id: 'x' }),
      '422',
      false,
    ],
    [
      'two NHS numbers',
      (session) =>
        JSON.stringify({
          ...session.message('Encounter-open', patient(identifier(), identifier(otherNumber)), visit()),
          id: 'x',
        }),
      '422',
      false,
    ],
    [
      'an NHS number that fails its check',
      (session) =>
        JSON.stringify({ ...session.message('Encounter-open', patient(identifier('9990000019')), visit()), id: 'x' }),
      '422',
      false,
    ],
    [
      'another patient’s encounter',
      (session) =>
        JSON.stringify({
          ...session.message('Encounter-open', patient(), encounter('arrived', 'e', 'Patient/2')),
          id: 'x',
        }),
      '422',
      false,
    ],
    [
      'an encounter that is over',
      (session) => JSON.stringify({ ...session.message('Encounter-open', somebodyElse, visit('finished')), id: 'x' }),
      '200',
      false,
    ],
    [
      'a patient of no kind',
      (session) => JSON.stringify({ ...session.message('Encounter-open', 'Jones', visit()), id: 'x' }),
      '422',
      false,
    ],
  ];
  for (const [name, text, status, stays] of hostile)
    it(`${name}: no access, nothing thrown`, async () => {
      const { banner, register, session, next } = await following();
      await next('connected');
      await session.publish(session.message('Encounter-open', patient(), visit()));
      await answered(banner);
      await session.send(text(session));
      // Messages come in order, so once the heartbeat is acknowledged, the earlier ones have been handled.
      await session.send(
        JSON.stringify(session.message('heartbeat', undefined)).replace(/"id":"[^"]+"/, '"id":"last"'),
      );
      await session.statusOf('last');
      const { acknowledged } = await session.seen();
      expect(acknowledged.find(({ id }) => id === 'x')?.status).to.equal(status);
      expect(banner.status === 'none').to.equal(stays);
      await nextTask(20);
      expect(await register.log()).to.have.lengthOf(1);
    });

  it('rubbish before every event does not hide the event', async () => {
    const { banner, session, next } = await following();
    await next('connected');
    await session.misbehave({ rubbish: 1_000_000 });
    await session.publish(session.message('Encounter-open', patient(), visit()));
    await answered(banner);
    expect(banner.status).to.equal('none');
  });

  describe('the hub is lost', () => {
    it('the banner says so until the hub has said again who is open', async () => {
      const { banner, register, session, next } = await following();
      await next('connected');
      await session.publish(session.message('Encounter-open', patient(), visit()));
      await answered(banner);
      await session.misbehave({ refuse: 503 });
      await session.cut();
      await next('lost');
      expect(await line(banner)).to.equal(outOfSync);
      expect(banner.status).to.equal('none');
      await next('lost');
      await session.misbehave({});
      await next('connected');
      while (banner.outOfSync) await nextTask(10);
      expect(await line(banner)).to.equal('');
      expect(await register.log()).to.have.lengthOf(1);
    });

    it('a patient closed meanwhile stays out of sync: the hub does not say that nobody is open', async () => {
      const { banner, session, next } = await following();
      await next('connected');
      await session.publish(session.message('Encounter-open', patient(), visit()));
      await answered(banner);
      await session.misbehave({ refuse: 503 });
      await session.cut();
      await next('lost');
      const headers = { Authorization: 'Bearer epr', 'Content-Type': 'application/json' };
      const closed = session.message('Patient-close', patient());
      await fetch(session.url, { method: 'POST', headers, body: JSON.stringify(closed) });
      await session.misbehave({});
      await next('connected');
      expect(await line(banner)).to.equal(outOfSync);
    });

    it('a hub that cannot be reached at all is reported too', async () => {
      const { banner, next } = await following(undefined, { hubUrl: 'http://localhost:1/hub' });
      await next('lost');
      await next('lost');
      expect([banner.status, await line(banner)]).to.deep.equal(['idle', 'Out of sync: CP-IS not checked.']);
    });

    it('a hub that denies is not asked again', async () => {
      const session = await newSession();
      await session.misbehave({ deny: true });
      const { banner, states, next } = await following(session);
      await next('denied');
      await nextTask(1200);
      expect(states).to.deep.equal(['denied']);
      expect(await line(banner)).to.equal('Out of sync: CP-IS not checked.');
    });

    it('when the hub ends a session later, the patient stays, out of sync', async () => {
      const { banner, session, next } = await following();
      await next('connected');
      await session.publish(session.message('Encounter-open', patient(), visit()));
      await answered(banner);
      await session.send(JSON.stringify({ 'hub.mode': 'denied', 'hub.topic': session.topic, 'hub.reason': 'ended' }));
      await next('denied');
      expect([banner.status, await line(banner)]).to.deep.equal(['none', outOfSync]);
    });

    it('a heartbeat that stops means that the connection is dead', async () => {
      const { session, next } = await following();
      await next('connected');
      const beat = session.message('Heartbeat', undefined);
      beat.event['context'] = [{ key: 'period', decimal: '1' }];
      await session.send(JSON.stringify(beat));
      await next('lost');
      await next('connected');
    });
  });

  it('a lease is renewed on the same socket before it expires', async () => {
    const session = await newSession();
    await session.misbehave({ leaseSeconds: 6 });
    const { states, next } = await following(session);
    await next('connected');
    while ((await session.seen()).confirmed < 3) await nextTask(50);
    expect(new Set(states)).to.deep.equal(new Set(['connected']));
    expect((await session.seen()).subscribers).to.equal(1);
  });

  it('an expired lease is a lost connection, not a permanent denial, and makes no second access', async () => {
    const session = await newSession();
    await session.misbehave({ leaseSeconds: 2, noRenewal: true });
    const { banner, register, next } = await following(session);
    await next('connected');
    await session.publish(session.message('Encounter-open', patient(), visit()));
    await answered(banner);
    await next('lost');
    await next('connected');
    while (banner.outOfSync) await nextTask(10);
    expect(banner.status).to.equal('none');
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('nothing is followed before the hub has confirmed', async () => {
    const session = await newSession();
    await session.misbehave({ silent: true });
    const { banner, states } = await following(session);
    while ((await session.seen()).subscribers === 0) await nextTask(10);
    expect(await session.publish(session.message('Encounter-open', patient(), visit()))).to.equal('409');
    expect([banner.status, states]).to.deep.equal(['idle', []]);
  });

  it('unsubscribes when it is stopped, and hears nothing more', async () => {
    const { banner, session, next } = await following();
    await next('connected');
    for (const stop of stops) stop();
    while ((await session.seen()).subscribers > 0) await nextTask(10);
    const headers = { Authorization: 'Bearer epr', 'Content-Type': 'application/json' };
    const opened = session.message('Encounter-open', patient(), visit());
    await fetch(session.url, { method: 'POST', headers, body: JSON.stringify(opened) });
    await nextTask(50);
    expect([banner.status, banner.outOfSync]).to.deep.equal(['idle', false]);
  });

  it('a user who steps through many patients opens the first and the one they stop at', async () => {
    const { banner, register, session, next } = await following();
    await next('connected');
    const stays = [visit(), visit()];
    for (let times = 0; times < 20; times++) {
      await session.send(JSON.stringify(session.message('Encounter-open', patient(), stays[0])));
      await session.send(JSON.stringify(session.message('Encounter-open', somebodyElse, stays[1])));
    }
    await until(banner, ({ nhsNumber, status }) => nhsNumber === otherNumber && status === 'not-checked');
    // At most the requests of the first and of the last. This register's answer is never the last one's.
    expect(new Set((await register.log('CareTeam')).map(({ headers }) => headers['traceid'])).size).to.be.at.most(2);
  });

  for (const hubUrl of ['http://hub.example/', 'ftp://hub.example/', 'hub.example', ''])
    it(`refuses the hub ‘${hubUrl}’ when it is set up`, () => {
      expect(() => followFhircast(document.createElement('cp-is-banner'), { hubUrl, topic: 't' })).to.throw('hubUrl');
    });
});
