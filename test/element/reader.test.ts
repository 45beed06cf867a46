import { expect } from 'chai';

import type { CpIsBanner, CpIsCallEvent, CpIsChangeEvent } from '../../src/index.js';
import { accesses, held, none, nhsNumber } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const register = (): Promise<ScriptedRegister> =>
  ScriptedRegister.answering({ CareTeam: { body: held() }, AuditEvent: { body: accesses([]) } });

async function press(banner: CpIsBanner, label: string): Promise<void> {
  const buttons = [...(banner.shadowRoot?.querySelectorAll('button') ?? [])];
  const found = buttons.find((button) => button.innerText.trim() === label || button.ariaLabel === label);
  if (found === undefined) throw new Error(`no button ${label}`);
  found.click();
  await banner.updateComplete;
}

describe('what a reader can do', () => {
  afterEach(unmountAll);

  it('follow a number: cp-is-call says which authority and line, but not which patient', async () => {
    const banner = await answered(mount(await register(), { officeHours: 'Mon-Sun 00:00-24:00' }));
    const calls: CpIsCallEvent[] = [];
    document.addEventListener('cp-is-call', (call) => calls.push(call), { once: true });
    const link = banner.shadowRoot?.querySelector<HTMLAnchorElement>('.ring a');
    expect(link?.href).to.equal('tel:02079460199');
    link?.addEventListener('click', (event) => {
      event.preventDefault();
    });
    link?.click();
    expect(calls.map(({ authority, line }) => ({ authority, line }))).to.deep.equal([
      { authority: 'Islington', line: 'office' },
    ]);
  });

  for (const [name, clipboard, feedback] of [
    ['copied', { writeText: () => Promise.resolve() }, 'Copied'],
    ['refused', { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }, 'Not copied'],
    ['no clipboard, as without TLS', undefined, 'Not copied'],
  ] as const)
    it(`copy a number and be told whether it worked: ${name}`, async () => {
      const banner = await answered(mount(await register()));
      Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
      try {
        banner.shadowRoot?.querySelector<HTMLButtonElement>('.ring button')?.click();
        await nextTask(10);
        await banner.updateComplete;
        expect(textOf(banner, '.ring button')).to.equal(feedback);
      } finally {
        Reflect.deleteProperty(navigator, 'clipboard');
      }
    });

  it('hide the details and show them again', async () => {
    const banner = await answered(mount(await register()));
    await press(banner, 'Hide');
    expect(textOf(banner)).to.equal('CP-IS hidden Show');
    await press(banner, 'Show');
    expect(textOf(banner)).to.contain('Child protection plan');
  });

  it('ask what to do when the patient was opened in error', async () => {
    const banner = await answered(mount(await register()));
    expect(textOf(banner)).not.to.contain('The alert can’t be recalled.');
    await press(banner, 'Opened in error?');
    expect(textOf(banner)).to.contain(
      'The alert can’t be recalled. Ring Islington, say so; tell your safeguarding team; report it locally.',
    );
    const silent = await answered(mount(await register(), { careSetting: 'general-practice' }));
    await press(silent, 'Opened in error?');
    expect(textOf(silent)).to.contain('No alert was sent.');
  });

  it('check again, but only when not checked', async () => {
    const failing = await ScriptedRegister.answering({ CareTeam: { status: 500 } });
    const banner = await answered(mount(failing));
    await failing.script({ CareTeam: { body: none() } });
    await press(banner, 'Check again');
    await answered(banner);
    expect(banner.status).to.equal('none');
    expect(textOf(banner)).not.to.contain('Check again');
  });
});

describe('a discreet banner', () => {
  afterEach(unmountAll);

  it('looks the same for held and none, and so does its live region', async () => {
    const heldBanner = await answered(mount(await register(), { discreet: true }));
    const noneBanner = await answered(
      mount(await ScriptedRegister.answering({ CareTeam: { body: none() } }), { discreet: true }),
    );
    expect(heldBanner.shadowRoot?.innerHTML.replace(/<!--.*?-->/g, '')).to.equal(
      noneBanner.shadowRoot?.innerHTML.replace(/<!--.*?-->/g, ''),
    );
    expect(textOf(heldBanner)).to.equal('Please read: CP-IS Show');
  });

  it('shows its details on Show, tells the host, and hides them when the window loses focus', async () => {
    const banner = await answered(mount(await register(), { discreet: true }));
    const events: Event[] = [];
    banner.addEventListener('cp-is-reveal', (event) => events.push(event));
    await press(banner, 'Show');
    expect(textOf(banner)).to.contain('Child protection plan');
    expect(events).to.have.lengthOf(1);
    dispatchEvent(new Event('blur'));
    await banner.updateComplete;
    expect(textOf(banner)).to.equal('Please read: CP-IS Show');
  });

  it('is not discreet when not checked', async () => {
    const banner = await answered(mount(await ScriptedRegister.answering({}), { discreet: true }));
    expect(textOf(banner)).to.contain('CP-IS not checked: status unknown');
  });
});

describe('what a host is told', () => {
  afterEach(unmountAll);

  it('each change of status, reason and visits once, in order, with nothing about the patient', async () => {
    const changes: unknown[][] = [];
    const heard: Event[] = [];
    const listen = (event: CpIsChangeEvent): void => {
      heard.push(event);
      changes.push([event.status, event.reason, event.visits, event.attendance]);
    };
    document.addEventListener('cp-is-change', listen);
    const banner = await answered(mount(await register()));
    banner.clear();
    await nextTask(5);
    document.removeEventListener('cp-is-change', listen);
    expect(changes).to.deep.equal([
      ['checking', undefined, 'none', 'unscheduled'],
      ['current', undefined, 'loading', 'unscheduled'],
      ['current', undefined, 'shown', 'unscheduled'],
      ['idle', undefined, 'none', undefined],
    ]);
    expect(heard.every((event) => event.composed && event.bubbles)).to.equal(true);
    expect(JSON.stringify(heard)).not.to.contain(nhsNumber);
  });
});
