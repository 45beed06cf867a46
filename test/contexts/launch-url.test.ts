import { expect } from 'chai';

import { followLaunchUrl, type LaunchUrlOptions } from '../../src/contexts/launch-url.js';
import type { CpIsBanner } from '../../src/index.js';
import { nhsNumber, nhsNumberSystem, none, otherNumber } from '../fixtures/bundles.js';
import { answered, mount, nextTask, unmountAll, until } from '../support/page/banner.js';
import { ScriptedRegister, type Scripts } from '../support/page/scripted-register.js';

const traced: LaunchUrlOptions = { attendanceIsCurrent: true, sendsTracedNumbersOnly: true };
const patient = encodeURIComponent(`${nhsNumberSystem}|${nhsNumber}`);
const sider = `patient=${patient}&birthdate=2017-03-01&location=https://fhir.nhs.uk/Id/ods-organization-code%7CA12345`;

describe('a launch URL', () => {
  const before = location.href;
  const stops = new Set<() => void>();
  afterEach(() => {
    for (const stop of stops) stop();
    stops.clear();
    history.replaceState(null, '', before);
    unmountAll();
  });

  /** The page as if it had been launched with these parameters. */
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
    stops.add(followLaunchUrl(banner, options));
    return { banner, register };
  }

  it('opens its patient, if the host says that numbers are traced and patients attending', async () => {
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

  const fragments: readonly [name: string, address: string, left: string, isOpened: boolean][] = [
    ['a fragment', `#${sider}`, '', true],
    ['a route in the fragment', `#/launch?${sider}`, '#/launch', true],
    [
      'a route, and what is not the launch’s',
      `?a=%7c#!/launch?tab=2&${sider}&b=x%20y`,
      '?a=%7c#!/launch?tab=2&b=x%20y',
      true,
    ],
    ['ampersands written out', `?birthdate=2017-03-01&amp;patient=${patient}&amp;screen=2`, '?amp;screen=2', true],
    [
      'query and fragment, two patients',
      `?patient=${patient}#patient=${patient.replace(nhsNumber, otherNumber)}`,
      '',
      false,
    ],
    ['a fragment that is a bare number', `#patient=${nhsNumber}`, '', false],
  ];
  for (const [name, address, left, isOpened] of fragments)
    it(`${name}: nothing of the patient is left, and everything else`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      history.replaceState(null, '', new URL(address, new URL(location.pathname, before)));
      const banner = mount(register, { nhsNumber: '' });
      stops.add(followLaunchUrl(banner, traced));
      expect(location.search + location.hash).to.equal(left);
      await answered(banner);
      expect(banner.status).to.equal(isOpened ? 'none' : 'not-checked');
    });

  it('a launch that changes only the fragment of an open page: the next patient, and nothing left', async () => {
    const { banner } = await launched(sider, traced);
    await answered(banner);
    location.hash = `/launch?patient=${patient.replace(nhsNumber, otherNumber)}`;
    await until(banner, ({ nhsNumber: number }) => number === otherNumber);
    expect(location.hash).to.equal('#/launch');
  });

  it('once stopped, it follows nothing more', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = mount(register, { nhsNumber: '' });
    followLaunchUrl(banner, traced)();
    location.hash = `/launch?patient=${patient}`;
    await nextTask(50);
    expect(banner.nhsNumber).to.equal('');
  });
});

describe('a page that is loaded from a launch URL', () => {
  let frame: HTMLIFrameElement;
  afterEach(() => {
    frame.remove();
  });

  /** A page of its own that follows launches, as the register's server delivers it. */
  async function load(
    address: string,
    options: LaunchUrlOptions = traced,
  ): Promise<{ page: Window; banner: () => CpIsBanner | null | undefined; register: ScriptedRegister }> {
    const register = new ScriptedRegister();
    const html = `<!doctype html><cp-is-banner base-url="${register.baseUrl}" care-setting="emergency-department"></cp-is-banner>
      <script type="module">
        import '/src/define.ts';
        import { followLaunchUrl } from '/src/contexts/launch-url.ts';
        followLaunchUrl(document.querySelector('cp-is-banner'), ${JSON.stringify(options)});
        fetch('${register.baseUrl}/probe');
      </script>`;
    await register.script({
      CareTeam: { body: none() },
      page: { body: html, headers: { 'Content-Type': 'text/html' } },
      probe: { body: {} },
    } as Scripts);
    frame = document.createElement('iframe');
    frame.src = `${register.baseUrl}/page${address}`;
    document.body.append(frame);
    const page = (): Window => frame.contentWindow!;
    const banner = (): CpIsBanner | null | undefined => frame.contentDocument?.querySelector('cp-is-banner');
    while (['', 'idle', 'checking'].includes(banner()?.status ?? '')) await nextTask(10);
    return { page: page(), banner, register };
  }
  const left = (page: Window): string => {
    const timeline = page.performance.getEntries().map(({ name }) => name);
    return JSON.stringify([page.location.href, page.document.referrer, page.history.state, ...timeline]);
  };

  for (const [where, address, rest] of [
    ['query', `?screen=2&${sider}`, '?screen=2'],
    ['fragment', `#/launch?${sider}`, '#/launch'],
  ] as const)
    it(`by its ${where}: one open, and no number in address, history, timeline or referrer`, async () => {
      const { page, banner, register } = await load(address);
      expect(banner()?.status).to.equal('none');
      expect(page.location.href.split('/page')[1]).to.equal(rest);
      expect(left(page)).not.to.match(/999 ?000/);
      expect(await register.log('CareTeam')).to.have.lengthOf(1);
      expect(await register.log('page')).to.have.lengthOf(2);
      const probes = await register.log('probe');
      expect(probes.map(({ headers }) => headers['referer'] ?? '').join()).not.to.contain(nhsNumber);
    });

  /** Waits until a tag is in the page with nobody open, and long enough for somebody to have been opened. */
  const idleInFrame = async (): Promise<void> => {
    for (const more of [500, 0]) {
      while (frame.contentDocument?.querySelector('cp-is-banner')?.status !== 'idle') await nextTask(20);
      await nextTask(more);
    }
  };

  it('the host does not say that its patients are attending: nobody is open, and no number is left', async () => {
    const { page, register } = await Promise.race([
      load(`?${sider}`, {}),
      idleInFrame().then(() => ({ page: frame.contentWindow!, register: undefined })),
    ]);
    expect(register).to.equal(undefined);
    expect(left(page)).not.to.contain(nhsNumber);
  });

  it('an address that can be loaded only once is: one open, and no number in address or history', async () => {
    const { page, register } = await load(`?${sider}`, { ...traced, loadsOnce: true });
    expect([page.location.search, page.history.state]).to.deep.equal(['', null]);
    expect(await register.log('page')).to.have.lengthOf(1);
    expect(await register.log('CareTeam')).to.have.lengthOf(1);
  });

  it('a page without a launch is loaded once', async () => {
    const loaded = load('?screen=2');
    await idleInFrame();
    frame.contentDocument?.querySelector('cp-is-banner')?.setAttribute('encounter', 'e');
    const { register } = await loaded;
    expect(await register.log('page')).to.have.lengthOf(1);
  });
});
