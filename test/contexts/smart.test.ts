import { expect } from 'chai';

import { followSmart, type SmartSession } from '../../src/contexts/smart.js';
import type { CpIsBanner } from '../../src/index.js';
import { none, otherNumber } from '../fixtures/bundles.js';
import { encounter, identifier, patient } from '../fixtures/contexts.js';
import { answered, mount, nextTask, unmountAll } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const reads = (id: string | null, resource: unknown): SmartSession['patient'] => ({
  id,
  read: () => (resource instanceof Error ? Promise.reject(resource) : Promise.resolve(resource)),
});
const failure = new Error('nothing of 9990000018 is said');

describe('a SMART session', () => {
  afterEach(unmountAll);

  const visit = (status?: string): SmartSession['encounter'] => {
    const id = `visit-${Math.random()}`;
    return reads(id, encounter(status, id));
  };

  async function launched(
    session: SmartSession,
  ): Promise<{ banner: CpIsBanner; register: ScriptedRegister; stop: () => void }> {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = mount(register, { nhsNumber: '' });
    return { banner, register, stop: followSmart(banner, session) };
  }

  it('opens the patient of its encounter', async () => {
    const { banner, register } = await launched({ patient: reads('p1', patient()), encounter: visit() });
    await answered(banner);
    expect(banner.status).to.equal('none');
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('opens its patient without an encounter when the host says that patients are attending', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = mount(register, { nhsNumber: '' });
    followSmart(
      banner,
      { patient: reads('p1', patient()), encounter: reads(null, failure) },
      { attendanceIsCurrent: true },
    );
    await answered(banner);
    expect(banner.status).to.equal('none');
  });

  const rows: readonly [name: string, session: SmartSession, status: string, reason?: string][] = [
    ['no patient', { patient: reads(null, failure), encounter: visit() }, 'idle'],
    [
      'no encounter',
      { patient: reads('p1', patient()), encounter: reads(null, failure) },
      'not-checked',
      'no-attendance',
    ],
    [
      'an encounter that is over',
      { patient: reads('p1', patient()), encounter: visit('finished') },
      'not-checked',
      'no-attendance',
    ],
    [
      'an encounter that cannot be read',
      { patient: reads('p1', patient()), encounter: reads('e1', failure) },
      'not-checked',
      'no-attendance',
    ],
    [
      'a patient that cannot be read',
      { patient: reads('p1', failure), encounter: visit() },
      'not-checked',
      'nhs-number-missing',
    ],
    [
      'another patient than the session’s',
      { patient: reads('p2', patient()), encounter: visit() },
      'not-checked',
      'nhs-number-missing',
    ],
    [
      'nothing for a patient',
      { patient: reads('p1', undefined), encounter: visit() },
      'not-checked',
      'nhs-number-missing',
    ],
    [
      'two NHS numbers',
      { patient: reads('p1', patient(identifier(), identifier(otherNumber))), encounter: visit() },
      'not-checked',
      'nhs-number-missing',
    ],
  ];
  for (const [name, session, status, reason] of rows)
    it(`${name}: ${reason ?? status}, no access`, async () => {
      const { banner, register } = await launched(session);
      await nextTask(20);
      expect([banner.status, banner.reason]).to.deep.equal([status, reason]);
      expect(await register.log()).to.deep.equal([]);
    });

  it('opens nobody if it is stopped before the patient was read', async () => {
    const { banner, stop } = await launched({ patient: reads('p1', patient()), encounter: visit() });
    stop();
    await nextTask(20);
    expect(banner.status).to.equal('idle');
  });
});
