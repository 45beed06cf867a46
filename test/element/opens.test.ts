import { expect } from 'chai';

import { formatNhsNumber } from '../../src/domain/nhs-number.js';
import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, nhsNumber, none, otherNumber } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll, until } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

let encounters = 0;
/** A new encounter, so that no test shares another's open. */
const newEncounter = (): string => `encounter-${++encounters}-${Math.random()}`;

const traceIds = async (register: ScriptedRegister): Promise<readonly (string | undefined)[]> => [
  ...new Set((await register.log()).map(({ headers }) => headers['traceid'])),
];

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

describe('one patient-open, one access', () => {
  afterEach(unmountAll);

  it('number, encounter, setting and token in any order within one task make one open', async () => {
    const orders = permutations(['nhsNumber', 'encounter', 'careSetting', 'accessToken'] as const);
    expect(orders).to.have.lengthOf(24);
    for (const order of orders) {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const banner = mount(register, { nhsNumber: '', careSetting: '' });
      await nextTask(5);
      const values: Partial<CpIsBanner> = {
        nhsNumber,
        encounter: newEncounter(),
        careSetting: 'emergency-department',
        accessToken: () => Promise.resolve('token'),
      };
      for (const name of order) Object.assign(banner, { [name]: values[name] });
      await answered(banner);
      const log = await register.log();
      expect(log, order.join()).to.have.lengthOf(1);
      expect(log[0]?.headers['authorization'], order.join()).to.equal('Bearer token');
    }
  });

  it('settings separated by microtasks are still made in one task', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = mount(register, { nhsNumber: '' });
    await nextTask(5);
    banner.nhsNumber = nhsNumber;
    await Promise.resolve();
    banner.encounter = newEncounter();
    await answered(banner);
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('both calls have the same TraceID and say that the access is unscheduled', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([]) },
    });
    await answered(mount(register));
    const log = await register.log();
    expect(log.map(({ resource }) => resource)).to.deep.equal(['CareTeam', 'AuditEvent']);
    expect(await traceIds(register)).to.have.lengthOf(1);
    expect(log.map(({ headers }) => headers['isunscheduledaccessevent'])).to.deep.equal(['true', 'true']);
  });

  it('a scheduled setting says so, and its words do not claim an alert', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([]) },
    });
    const banner = await answered(mount(register, { careSetting: 'general-practice' }));
    expect((await register.log()).map(({ headers }) => headers['isunscheduledaccessevent'])).to.deep.equal([
      'false',
      'false',
    ]);
    expect(textOf(banner, '[part=foot]')).to.contain(
      'Planned care: this check sent no alert. Concerned? Ring Islington.',
    );
  });

  it('two banners of one open share one request', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const encounter = newEncounter();
    await Promise.all(
      [mount(register, { encounter }), mount(register, { encounter, layout: 'compact' })].map(answered),
    );
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('check(), and a re-open after a failure, ask again with the same TraceID', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { status: 500 } });
    const encounter = newEncounter();
    const banner = await answered(mount(register, { encounter }));
    await register.script({ CareTeam: { body: none() } });
    banner.check();
    expect(banner.status).to.equal('checking');
    await answered(banner);
    expect(banner.status).to.equal('none');
    banner.clear();
    await nextTask(10);
    Object.assign(banner, { nhsNumber, encounter });
    await answered(banner);
    expect(await register.log()).to.have.lengthOf(2);
    expect(await traceIds(register)).to.have.lengthOf(1);
  });

  it('check() while a check is under way leaves its request alone', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none(), hold: true } });
    const banner = mount(register, { encounter: newEncounter() });
    while ((await register.log()).length === 0) await nextTask(5);
    banner.check();
    await nextTask(50);
    await register.release();
    await answered(banner);
    expect(banner.status).to.equal('none');
    expect((await register.log()).map(({ aborted }) => aborted)).to.deep.equal([false]);
  });

  const changes: readonly [name: string, change: () => Partial<CpIsBanner>][] = [
    ['encounter', () => ({ encounter: newEncounter() })],
    ['user', () => ({ user: 'another' })],
    ['attendance', () => ({ attendance: 'scheduled' })],
  ];
  for (const [name, change] of changes)
    it(`another ${name} is another open`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const banner = await answered(mount(register, { encounter: newEncounter(), user: 'nurse' }));
      Object.assign(banner, change());
      expect(banner.status).to.equal('checking');
      await answered(banner);
      expect(await traceIds(register)).to.have.lengthOf(2);
    });

  it('an encounter that is set for the same patient takes over the open, and the next one does not', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = await answered(mount(register));
    banner.encounter = newEncounter();
    expect(banner.status).to.equal('none');
    await nextTask(20);
    expect(await register.log()).to.have.lengthOf(1);
    banner.encounter = newEncounter();
    expect(banner.status).to.equal('checking');
    await answered(banner);
    expect(await traceIds(register)).to.have.lengthOf(2);
  });

  it('an encounter set in the same task as a sign-out is dropped with everything else: nobody is asked about', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = await answered(mount(register));
    banner.encounter = newEncounter();
    (banner.constructor as typeof CpIsBanner).signOut();
    await nextTask(50);
    expect([banner.status, banner.reason]).to.deep.equal(['not-checked', 'signed-out']);
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('a stale encounter never stays for the next patient', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const stale = newEncounter();
    const banner = await answered(mount(register, { encounter: stale }));
    banner.setAttribute('encounter', stale);
    await register.script({ CareTeam: { body: none(otherNumber) } });
    banner.nhsNumber = otherNumber;
    await answered(banner);
    expect([banner.status, banner.encounter, banner.getAttribute('encounter')]).to.deep.equal(['none', '', null]);
  });

  it('a stale encounter does not outlive its patient when the number is emptied', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = await answered(mount(register, { encounter: newEncounter() }));
    banner.nhsNumber = '';
    await until(banner, ({ status }) => status === 'idle');
    expect(banner.encounter).to.equal('');
  });

  it('moving the element in the document is not a new open', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([]) },
    });
    const banner = await answered(mount(register));
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(banner);
    await nextTask(20);
    expect(banner.status).to.equal('current');
    expect(await register.log('CareTeam')).to.have.lengthOf(1);
    elsewhere.remove();
  });

  it('an element taken out of the document keeps nothing of its patient, and asks about nobody when it returns', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([]) },
    });
    const banner = await answered(mount(register));
    banner.remove();
    await nextTask(20);
    expect([banner.status, banner.answer]).to.deep.equal(['idle', undefined]);
    banner.clear();
    document.body.append(banner);
    await nextTask(20);
    expect([banner.status, banner.getAttribute('status'), textOf(banner)]).to.deep.equal(['idle', 'idle', '']);
  });

  it('an element put back for the same patient asks with the same TraceID', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { status: 500 } });
    const banner = await answered(mount(register, { encounter: newEncounter() }));
    banner.remove();
    await nextTask(20);
    document.body.append(banner);
    await answered(banner);
    expect(await register.log()).to.have.lengthOf(2);
    expect(await traceIds(register)).to.have.lengthOf(1);
  });

  it('a hidden document asks when it becomes visible', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    try {
      const banner = mount(register);
      await nextTask(50);
      expect(banner.status).to.equal('checking');
      expect(await register.log()).to.have.lengthOf(0);
      Reflect.deleteProperty(document, 'visibilityState');
      document.dispatchEvent(new Event('visibilitychange'));
      await answered(banner);
      expect(banner.status).to.equal('none');
    } finally {
      Reflect.deleteProperty(document, 'visibilityState');
    }
  });
});

describe('never another patient', () => {
  afterEach(unmountAll);

  it('status, answer and screen clear in the setter’s own task, before any await', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([]) },
    });
    const banner = await answered(mount(register, { encounter: newEncounter() }));
    expect(textOf(banner)).to.contain('Islington');
    banner.nhsNumber = otherNumber;
    expect([banner.status, banner.answer, banner.visits]).to.deep.equal(['checking', undefined, 'none']);
    expect(banner.getAttribute('status')).to.equal('checking');
    expect(banner.shadowRoot?.textContent).not.to.contain('Islington').and.not.to.contain('Child protection plan');
  });

  it('the previous patient’s number goes in the setter’s own task, even while that patient is still being checked', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: held(), hold: true } });
    const banner = mount(register, { encounter: newEncounter() });
    await nextTask(5);
    expect([banner.status, banner.shadowRoot?.textContent.includes(formatNhsNumber(nhsNumber))]).to.deep.equal([
      'checking',
      true,
    ]);
    banner.nhsNumber = otherNumber;
    expect(banner.shadowRoot?.textContent)
      .to.contain(formatNhsNumber(otherNumber))
      .and.not.to.contain(formatNhsNumber(nhsNumber));
  });

  for (const name of ['nhs-number', 'encounter', 'care-setting', 'nhs-number-status'])
    it(`the attribute ${name} clears as the property does`, async () => {
      const register = await ScriptedRegister.answering({
        CareTeam: { body: held() },
        AuditEvent: { body: accesses([]) },
      });
      const banner = await answered(mount(register, { encounter: newEncounter() }));
      banner.setAttribute(name, name === 'nhs-number' ? otherNumber : 'changed');
      expect(banner.answer).to.equal(undefined);
      expect(banner.shadowRoot?.textContent).not.to.contain('Islington');
    });

  it('clear() is idle at once', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([]) },
    });
    const banner = await answered(mount(register));
    banner.clear();
    expect([banner.status, banner.answer, banner.nhsNumber, banner.encounter]).to.deep.equal([
      'idle',
      undefined,
      '',
      '',
    ]);
    expect(banner.shadowRoot?.textContent.trim()).to.equal('CP-IS not checked');
    expect(banner.shadowRoot?.querySelector<HTMLSlotElement>('slot:not([name])')?.hidden).to.equal(true);
  });

  it('an answer that arrives after its patient has gone is dropped', async () => {
    const slow = await ScriptedRegister.answering({ CareTeam: { body: held(), hold: true } });
    const quick = await ScriptedRegister.answering({ CareTeam: { body: none(otherNumber) } });
    const banner = mount(slow);
    await until(banner, ({ status }) => status === 'checking');
    while ((await slow.log()).length === 0) await nextTask(5);
    Object.assign(banner, { baseUrl: quick.baseUrl, nhsNumber: otherNumber });
    await answered(banner);
    await slow.release();
    await nextTask(50);
    expect([banner.status, banner.visits]).to.deep.equal(['none', 'none']);
  });

  it('a number written with spaces and hyphens is the same patient', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = await answered(mount(register));
    banner.nhsNumber = '999-000 0018';
    expect(banner.status).to.equal('none');
    await nextTask(20);
    expect(await register.log()).to.have.lengthOf(1);
  });
});
