import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, nhsNumber } from '../fixtures/bundles.js';
import { answered, mount, textOf, unmountAll } from '../support/banner.js';
import { ScriptedRegister } from '../support/scripted-register.js';

const scripts = { CareTeam: { body: held() }, AuditEvent: { body: accesses([]) } };
const never = new Promise<string>(() => undefined);
const fault = (): never => {
  throw new Error(`a fault of the host that names ${nhsNumber}`);
};

/** What a host's `accessToken` may do, and what the reader is told. */
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

/** Values that no attribute can hold and a careless or hostile script can: as if there were none. */
const noTexts: Readonly<Record<string, unknown>> = {
  null: null,
  'a symbol': Symbol('x'),
  'an object that cannot be text': { toString: fault, valueOf: fault, [Symbol.toPrimitive]: fault },
  'an object without a prototype': Object.create(null) as unknown,
  'a proxy that throws': new Proxy({}, { get: fault, getPrototypeOf: fault, has: fault }),
  'a function': fault,
};

const answers = undefined;
/** What the banner says when a property is such a text, and when it is none at all. */
const properties: Readonly<Record<string, readonly [text: string | undefined, noText: string | undefined]>> = {
  nhsNumberStatus: ['nhs-number-unverified', 'nhs-number-unverified'],
  careSetting: ['care-setting-unknown', 'care-setting-missing'],
  attendance: ['misconfigured', answers],
  registerApi: ['misconfigured', 'misconfigured'],
  user: [answers, answers],
  encounter: [answers, answers],
  homeAuthorities: [answers, answers],
  officeHours: [answers, answers],
  layout: [answers, answers],
  freshFor: [answers, answers],
  timeout: [answers, answers],
  workerUrl: [answers, answers],
};

describe('a host that gives the wrong things', () => {
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
