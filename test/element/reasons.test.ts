import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { dropEverything } from '../../src/session/page.js';
import { held, nhsNumber, none, otherNumber } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll, until, warnings } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';
import type { Script } from '../support/scripts.js';

const heading = 'CP-IS not checked: status unknown';
const dontRely = 'Don’t rely on an alert.';
const referAsUsual = 'Concerned? Don’t wait: refer as usual.';

describe('host settings that do not allow a check', () => {
  afterEach(unmountAll);

  const notSetUp = 'Not set up on this screen. Tell IT.';
  const rows: readonly [
    name: string,
    properties: Partial<CpIsBanner>,
    reason: string,
    line: string,
    warns: string | undefined,
  ][] = [
    [
      'an encounter and no number',
      { nhsNumber: '', encounter: 'e1' },
      'nhs-number-missing',
      'No NHS number. Trace it. Newborn? A plan may be on the mother’s record.',
      undefined,
    ],
    [
      'a number that fails its check',
      { nhsNumber: '999 000 0019' },
      'nhs-number-invalid',
      'NHS number not valid. Correct it.',
      'nhs-number',
    ],
    [
      'a number that is invalid',
      { nhsNumber: 'abc' },
      'nhs-number-invalid',
      'NHS number not valid. Correct it.',
      'nhs-number',
    ],
    [
      'a number not traced',
      { nhsNumberStatus: 'unverified' },
      'nhs-number-unverified',
      'NHS number not confirmed. Trace it first.',
      undefined,
    ],
    ['no care setting', { careSetting: '' }, 'care-setting-missing', notSetUp, 'care-setting'],
    ['an unknown care setting', { careSetting: 'a&e' }, 'care-setting-unknown', notSetUp, 'care-setting'],
    [
      'a setting that can be either',
      { careSetting: 'camhs' },
      'attendance-missing',
      'Record whether this visit is planned.',
      'attendance',
    ],
    ['an unknown attendance', { attendance: 'urgent' }, 'misconfigured', notSetUp, 'attendance'],
    ['an invalid base address', { baseUrl: 'http://[' }, 'misconfigured', notSetUp, 'base-url'],
    [
      'a base address with a password',
      { baseUrl: 'https://a:b@register.example/' },
      'misconfigured',
      notSetUp,
      'base-url',
    ],
    [
      'a base address that is no web address',
      { baseUrl: 'javascript:alert(1)' },
      'misconfigured',
      notSetUp,
      'base-url',
    ],
    ['a base address with a query', { baseUrl: '/cpis/FHIR/R4?a=b' }, 'misconfigured', notSetUp, 'base-url'],
    ['a base address with a bare "?"', { baseUrl: '/cpis/FHIR/R4?' }, 'misconfigured', notSetUp, 'base-url'],
    ['a base address with a bare "#"', { baseUrl: '/cpis/FHIR/R4#' }, 'misconfigured', notSetUp, 'base-url'],
    ['an unknown API', { registerApi: 'hl7' }, 'misconfigured', notSetUp, 'register-api'],
    ['patient flags in unscheduled care', { registerApi: 'patient-flags' }, 'misconfigured', notSetUp, 'register-api'],
  ];

  for (const [name, properties, reason, line, warns] of rows)
    it(`${name}: ${reason}`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const warned = await warnings(async () => {
        const banner = await answered(mount(register, properties));
        expect([banner.status, banner.reason, banner.visits]).to.deep.equal(['not-checked', reason, 'none']);
        expect(banner.getAttribute('reason')).to.equal(reason);
        for (const sentence of [heading, line, referAsUsual]) expect(textOf(banner)).to.contain(sentence);
        expect(textOf(banner)).not.to.contain(dontRely);
        await nextTask(30);
      });
      expect(await register.log()).to.deep.equal([]);
      if (warns === undefined) expect(warned).to.equal('');
      else expect(warned).to.contain(warns);
      expect(warned).not.to.match(/999 ?000 ?00|abc|a&e/);
    });

  it('the first problem in the order of the contract is the reason', async () => {
    const register = await ScriptedRegister.answering({});
    const banner = mount(register, { nhsNumber: 'abc', nhsNumberStatus: 'unverified', careSetting: '', baseUrl: '' });
    const seen: string[] = [];
    const step = async (change: Partial<CpIsBanner>): Promise<void> => {
      Object.assign(banner, change);
      seen.push((await answered(banner)).reason ?? banner.status);
    };
    await step({});
    await step({ nhsNumber });
    await step({ nhsNumberStatus: 'verified' });
    await step({ careSetting: 'nowhere' });
    await step({ careSetting: 'dentistry' });
    await step({ attendance: 'scheduled' });
    expect(seen).to.deep.equal([
      'nhs-number-invalid',
      'nhs-number-unverified',
      'care-setting-missing',
      'care-setting-unknown',
      'attendance-missing',
      'misconfigured',
    ]);
  });

  it('a home authority that is not recognised: a warning, and nobody is said to be out of area', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: held({ name: 'Hackney' }) } });
    const warned = await warnings(async () => {
      const banner = await answered(mount(register, { homeAuthorities: 'Islingtown' }));
      expect(textOf(banner)).not.to.contain('Out of area');
    });
    expect(warned).to.contain('home-authorities').and.not.to.contain('Islingtown');
  });

  it('office hours that cannot be read: the default, with a note on the screen and a warning', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: held() } });
    const warned = await warnings(async () => {
      const banner = await answered(mount(register, { officeHours: '9-5' }));
      expect(banner.status).to.equal('current');
      expect(textOf(banner)).to.contain('Office hours set on this screen could not be read. Usual hours shown.');
    });
    expect(warned).to.contain('office-hours');
  });
});

describe('a reply that is not an answer', () => {
  afterEach(unmountAll);

  const html = '<!doctype html><title>Sign in</title>';
  const rows: readonly [name: string, script: Script, reason: string, line: string][] = [
    ['401', { status: 401 }, 'signed-out', 'Sign in again, then Check again.'],
    [
      'a redirect',
      { status: 302, headers: { Location: '/sign-in' } },
      'signed-out',
      'Sign in again, then Check again.',
    ],
    [
      '403',
      { status: 403 },
      'access-denied',
      'Your role cannot make this check. Ask a colleague who is caring for this patient.',
    ],
    ['400', { status: 400 }, 'refused', 'CP-IS refused the request. Tell IT.'],
    ['404', { status: 404 }, 'refused', 'CP-IS refused the request. Tell IT.'],
    ['429', { status: 429 }, 'busy', 'CP-IS is busy. Try in a minute.'],
    ['503', { status: 503 }, 'busy', 'CP-IS is busy. Try in a minute.'],
    ['408', { status: 408 }, 'timed-out', 'CP-IS did not answer.'],
    ['504', { status: 504 }, 'timed-out', 'CP-IS did not answer.'],
    ['no answer by the deadline', { hold: true }, 'timed-out', 'CP-IS did not answer.'],
    ['a dead connection', { drop: true }, 'unreachable', 'No connection to CP-IS.'],
    ['500', { status: 500 }, 'register-error', 'CP-IS has a fault.'],
    ['204', { status: 204 }, 'unreadable', 'The answer could not be read safely.'],
    [
      'a sign-in page with 200',
      { body: html, headers: { 'Content-Type': 'text/html' } },
      'unreadable',
      'The answer could not be read safely.',
    ],
    ['an empty body', { body: '' }, 'unreadable', 'The answer could not be read safely.'],
    [
      'an OperationOutcome with 200',
      { body: { resourceType: 'OperationOutcome', issue: [] } },
      'unreadable',
      'The answer could not be read safely.',
    ],
    [
      'a Bundle without total',
      { body: { ...none(), total: undefined } },
      'unreadable',
      'The answer could not be read safely.',
    ],
    [
      'another patient’s answer',
      { body: held({ number: otherNumber }) },
      'wrong-patient',
      'The answer was for another NHS number. Nothing shown. Report it now: IT and the safeguarding team.',
    ],
    [
      'another patient’s none',
      { body: none(otherNumber) },
      'wrong-patient',
      'The answer was for another NHS number. Nothing shown. Report it now: IT and the safeguarding team.',
    ],
  ];

  for (const [name, script, reason, line] of rows)
    it(`${name}: ${reason}, and the banner says not to rely on an alert`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: script });
      // Only a register that never answers should meet its deadline, because a retry needs time.
      const timeout = script.hold === true ? 0.4 : 10;
      const banner = await answered(mount(register, { timeout }));
      expect([banner.status, banner.reason]).to.deep.equal(['not-checked', reason]);
      for (const sentence of [heading, line, dontRely, referAsUsual]) expect(textOf(banner)).to.contain(sentence);
      const silent = await answered(mount(register, { timeout, careSetting: 'general-practice' }));
      expect(textOf(silent)).to.contain(line).and.not.to.contain(dontRely);
    });

  it('a token that cannot be obtained: signed out, and no request is sent', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = await answered(mount(register, { accessToken: () => Promise.reject(new Error('no session')) }));
    expect(banner.reason).to.equal('signed-out');
    expect(textOf(banner)).not.to.contain(dontRely);
    expect(await register.log()).to.have.lengthOf(0);
  });

  it('signOut() drops everything known and under way, in every banner', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: held() } });
    const slow = await ScriptedRegister.answering({ CareTeam: { body: held(), hold: true } });
    const known = await answered(mount(register));
    const underWay = mount(slow);
    await until(underWay, ({ status }) => status === 'checking');
    (known.constructor as typeof CpIsBanner).signOut();
    expect(known.shadowRoot?.textContent).not.to.contain('Islington');
    for (const banner of [known, underWay]) {
      expect([banner.status, banner.reason, banner.visits]).to.deep.equal(['not-checked', 'signed-out', 'none']);
      expect(JSON.stringify(banner.answer)).not.to.contain(nhsNumber);
    }
    await slow.release();
    await nextTask(50);
    expect(underWay.reason).to.equal('signed-out');
  });

  it('a page restored from the back-forward cache asks to check again, and check() does', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: held() } });
    const banner = await answered(mount(register));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect([banner.status, banner.reason]).to.deep.equal(['not-checked', 'check-again']);
    await banner.updateComplete;
    expect(textOf(banner)).to.contain('This page was left. Check again.').and.not.to.contain('Islington');
    banner.check();
    await answered(banner);
    expect(banner.status).to.equal('current');
  });

  it('with nobody open it stays idle through all of this', async () => {
    const register = await ScriptedRegister.answering({});
    const banner = mount(register, { nhsNumber: '' });
    dropEverything('signed-out');
    await nextTask(20);
    expect([banner.status, textOf(banner)]).to.deep.equal(['idle', '']);
  });
});
