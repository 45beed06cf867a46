import { expect } from 'chai';

import { followLaunchUrl, type LaunchUrlOptions } from '../../src/contexts/launch-url.js';
import type { CpIsBanner } from '../../src/index.js';
import { nhsNumber, nhsNumberSystem, none, otherNumber } from '../fixtures/bundles.js';
import { answered, mount, nextTask, unmountAll } from '../support/banner.js';
import { ScriptedRegister } from '../support/scripted-register.js';

const traced: LaunchUrlOptions = { attendanceIsCurrent: true, sendsTracedNumbersOnly: true };
const patient = encodeURIComponent(`${nhsNumberSystem}|${nhsNumber}`);
const sider = `patient=${patient}&birthdate=2017-03-01&location=https://fhir.nhs.uk/Id/ods-organization-code%7CA12345`;

describe('a launch URL', () => {
  const before = location.href;
  afterEach(() => {
    history.replaceState(null, '', before);
    unmountAll();
  });

  /** The page as it was launched with these parameters. */
  async function launched(
    parameters: string,
    options?: LaunchUrlOptions,
  ): Promise<{ banner: CpIsBanner; register: ScriptedRegister }> {
    const url = new URL(before);
    url.search = parameters;
    url.hash = 'here';
    history.replaceState({ kept: true }, '', url);
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = mount(register, { nhsNumber: '' });
    followLaunchUrl(banner, options);
    return { banner, register };
  }

  it('opens its patient, where the host says that numbers are traced and patients attending', async () => {
    const { banner, register } = await launched(sider, traced);
    await answered(banner);
    expect(banner.status).to.equal('none');
    expect(await register.log()).to.have.lengthOf(1);
  });

  it('leaves nothing of the patient in the address or the history, and everything else', async () => {
    const entries = history.length;
    await launched(`screen=2&${sider}&theme=dark`, traced);
    expect([location.search, location.hash, history.state]).to.deep.equal([
      '?screen=2&theme=dark',
      '#here',
      { kept: true },
    ]);
    expect(history.length).to.equal(entries);
  });

  it('leaves an address without a patient as it is', async () => {
    const { banner } = await launched('location=ward-5&a=%7c', traced);
    await nextTask(20);
    expect([location.search, banner.status]).to.deep.equal(['?location=ward-5&a=%7c', 'idle']);
  });

  const rows: readonly [
    name: string,
    parameters: string,
    options: LaunchUrlOptions | undefined,
    status: string,
    reason?: string,
  ][] = [
    ['no word of the host', sider, undefined, 'idle'],
    ['numbers that may not be traced', sider, { attendanceIsCurrent: true }, 'not-checked', 'nhs-number-unverified'],
    [
      'two patients',
      `${sider}&patient=${patient.replace(nhsNumber, otherNumber)}`,
      traced,
      'not-checked',
      'nhs-number-missing',
    ],
    ['the same patient twice', `${sider}&patient=${patient}`, traced, 'not-checked', 'nhs-number-missing'],
    ['a bare number', `patient=${nhsNumber}`, traced, 'not-checked', 'nhs-number-missing'],
    ['another system', `patient=https://epr.example/mrn|${nhsNumber}`, traced, 'not-checked', 'nhs-number-missing'],
    ['no number', `patient=${nhsNumberSystem}|`, traced, 'not-checked', 'nhs-number-invalid'],
    [
      'a number that fails its check',
      `patient=${nhsNumberSystem}|9990000019`,
      traced,
      'not-checked',
      'nhs-number-invalid',
    ],
    ['an address that is half encoded', 'patient=%E0%A4%A', traced, 'not-checked', 'nhs-number-missing'],
  ];
  for (const [name, parameters, options, status, reason] of rows)
    it(`${name}: ${reason ?? status}, no access, and nothing left in the address`, async () => {
      const { banner, register } = await launched(parameters, options);
      await nextTask(20);
      expect([banner.status, banner.reason, location.search]).to.deep.equal([status, reason, '']);
      expect(await register.log()).to.deep.equal([]);
    });

  it('a parameter in capitals is the same parameter', async () => {
    const { banner } = await launched(sider.replace('patient', 'Patient').replace('birthdate', 'birthDate'), traced);
    await answered(banner);
    expect([banner.status, location.search]).to.deep.equal(['none', '']);
  });
});
