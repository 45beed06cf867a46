import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, nhsNumber } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const scripts = { CareTeam: { body: held() }, AuditEvent: { body: accesses([]) } };
const never = new Promise<string>(() => undefined);
const fault = (): never => {
  throw new Error(`a fault of the host that names ${nhsNumber}`);
};

/** What a host's `accessToken` may do, and the reason that the reader is given. */
const tokens: readonly [does: string, accessToken: unknown, reason: string | undefined][] = [
  ['throws', fault, 'signed-out'],
  ['rejects', () => Promise.reject(new Error('no session')), 'signed-out'],
  ['never settles', () => never, 'timed-out'],
  ['gives nothing', () => Promise.resolve(undefined), 'signed-out'],
  ['gives no text', () => Promise.resolve({}), 'signed-out'],
  ['gives an empty text', () => Promise.resolve(''), 'signed-out'],
  ['gives a text that would break out of its header', () => Promise.resolve('a\r\nTraceID: b'), 'signed-out'],
  ['gives a text at once, not a promise', () => 'token', undefined],
  ['is no function: as if it were absent', 'token', undefined],
  ['is a thenable that throws', () => ({ then: fault }), 'signed-out'],
];

/** Texts that mean nothing in any attribute. */
const texts: Readonly<Record<string, unknown>> = {
  'a lone surrogate': '\ud800',
  'a very long text': 'x'.repeat(1_000_000),
  NaN,
};

/** Values that no attribute can hold, but that a careless or hostile script can set. */
const noTexts: Readonly<Record<string, unknown>> = {
  'a big integer': 9990000018n,
  true: true,
  'a list': [nhsNumber],
  'a String object': new String(nhsNumber),
  'a framework’s reference': { value: nhsNumber },
  'a symbol': Symbol('x'),
  'an object that cannot be text': { toString: fault, valueOf: fault, [Symbol.toPrimitive]: fault },
  'an object without a prototype': Object.create(null) as unknown,
  'a proxy that throws': new Proxy({}, { get: fault, getPrototypeOf: fault, has: fault }),
  'a function': fault,
};

const answers = undefined;
/** The reason shown when a property is one of these texts, and when it is not a text at all. */
const properties: Readonly<Record<string, readonly [text: string | undefined, noText: string | undefined]>> = {
  nhsNumberStatus: ['nhs-number-unverified', 'nhs-number-unverified'],
  nhsNumber: ['nhs-number-invalid', 'nhs-number-invalid'],
  careSetting: ['care-setting-unknown', 'care-setting-unknown'],
  attendance: ['misconfigured', 'misconfigured'],
  registerApi: ['misconfigured', 'misconfigured'],
  user: [answers, 'misconfigured'],
  encounter: [answers, 'misconfigured'],
  homeAuthorities: [answers, answers],
  officeHours: [answers, answers],
  layout: [answers, answers],
  freshFor: [answers, answers],
  timeout: [answers, answers],
  workerUrl: [answers, answers],
};

describe('a host that gives the wrong values', () => {
  let uncaught: unknown[] = [];
  const note = (event: ErrorEvent | PromiseRejectionEvent): void => {
    uncaught.push('reason' in event ? event.reason : event.error);
    event.preventDefault();
  };
  beforeEach(() => {
    uncaught = [];
    addEventListener('error', note);
    addEventListener('unhandledrejection', note);
  });
  afterEach(() => {
    removeEventListener('error', note);
    removeEventListener('unhandledrejection', note);
    unmountAll();
  });

  const expectTrue = (banner: CpIsBanner, reason: string | undefined): void => {
    if (reason === undefined) {
      expect([banner.status, banner.reason]).to.deep.equal(['current', undefined]);
      expect(textOf(banner)).to.contain('Child protection plan');
    } else {
      expect(banner.status).to.equal('not-checked');
      expect(banner.reason).to.equal(reason);
      expect(textOf(banner)).to.contain('CP-IS not checked: status unknown');
    }
    expect(uncaught).to.deep.equal([]);
  };

  for (const [does, accessToken, reason] of tokens)
    it(`an accessToken that ${does}: ${reason ?? 'answered'}`, async () => {
      const register = await ScriptedRegister.answering(scripts);
      const timeout = reason === 'timed-out' ? 0.3 : 10;
      expectTrue(await answered(mount(register, { accessToken, timeout } as Partial<CpIsBanner>)), reason);
      if (reason !== undefined) expect(await register.log()).to.deep.equal([]);
    });

  for (const nothing of [null, undefined, '', ' '])
    it(`${nothing === undefined ? 'undefined' : JSON.stringify(nothing)} counts as not set, wherever the host uses it`, async () => {
      for (const property of ['encounter', 'user', 'attendance', 'freshFor', 'timeout', 'workerUrl']) {
        const register = await ScriptedRegister.answering(scripts);
        expectTrue(await answered(mount(register, { [property]: nothing })), undefined);
      }
      const idle = mount(await ScriptedRegister.answering(scripts), {
        nhsNumber: nothing,
        encounter: nothing,
      } as Partial<CpIsBanner>);
      await nextTask(20);
      expect([idle.status, textOf(idle)]).to.deep.equal(['idle', '']);
    });

  it('fresh-for and timeout as templates leave them: the defaults apply', async () => {
    const register = await ScriptedRegister.answering(scripts);
    const banner = mount(register, { nhsNumber: '' });
    for (const name of ['fresh-for', 'timeout']) banner.setAttribute(name, '');
    const reopen = async (): Promise<void> => {
      banner.nhsNumber = nhsNumber;
      await answered(banner);
      banner.clear();
      await nextTask(20);
    };
    await reopen();
    await reopen();
    const traceIds = new Set((await register.log()).map(({ headers }) => headers['traceid']));
    expect([traceIds.size, (await register.log('CareTeam')).length]).to.deep.equal([1, 1]);
  });

  describe('an attribute as a framework writes it before the tag is known', () => {
    const warned: string[] = [];
    const { warn } = console;
    beforeEach(() => {
      warned.length = 0;
      console.warn = (...parts: unknown[]) => warned.push(parts.join(' '));
    });
    afterEach(() => {
      console.warn = warn;
    });

    it('nhsnumber with no number set: not checked, visibly, and the console says how to write it', async () => {
      const banner = mount(await ScriptedRegister.answering(scripts), { nhsNumber: '' });
      banner.setAttribute('nhsnumber', nhsNumber);
      banner.careSetting = 'ambulance';
      await answered(banner);
      expectTrue(banner, 'misconfigured');
      expect(warned.join()).to.contain('write nhs-number').and.not.to.contain(nhsNumber);
    });

    it('a framework that sets the property later gets no warning', async () => {
      const banner = mount(await ScriptedRegister.answering(scripts), { nhsNumber: '' });
      banner.setAttribute('nhsnumber', nhsNumber);
      banner.nhsNumber = nhsNumber;
      expectTrue(await answered(banner), undefined);
      expect(warned).to.deep.equal([]);
    });

    it('a value that is not text is named in a warning by its property, never by its value', async () => {
      const register = await ScriptedRegister.answering(scripts);
      for (const [property, value] of [
        ['nhsNumber', [nhsNumber]],
        ['user', { id: nhsNumber }],
      ] as const) {
        warned.length = 0;
        await answered(mount(register, { [property]: value }));
        expect(warned.join()).to.contain(`${property} must be text`).and.not.to.contain(nhsNumber);
      }
    });
  });

  for (const [property, [ofText, ofNoText]] of Object.entries(properties))
    for (const [kind, values, reason] of [
      ['a text without meaning', texts, ofText],
      ['no text at all', noTexts, ofNoText],
    ] as const)
      it(`${property} set to ${kind}: ${reason ?? 'answered'}`, async () => {
        for (const value of Object.values(values)) {
          const register = await ScriptedRegister.answering(scripts);
          const banner = await answered(mount(register, { [property]: value }));
          expectTrue(banner, reason);
          banner.remove();
        }
      });
});
