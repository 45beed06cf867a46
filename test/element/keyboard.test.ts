import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { held, none, otherNumber } from '../fixtures/bundles.js';
import { answered, mount, textOf, unmountAll, until } from '../support/page/banner.js';
import { resume, stopDateAt } from '../support/page/clock.js';
import { focusPage, press } from '../support/page/devtools.js';
import { button, find, rootOf } from '../support/page/page.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';
import { layouts, open, stateNamed, states, sunday, type State } from '../support/page/states.js';

/** What a control is called: its label, or its visible words. */
const called = (control: Element | null): string =>
  (control?.ariaLabel ?? (control instanceof HTMLElement ? control.innerText : '')).replace(/\s+/g, ' ').trim();
const focused = (banner: CpIsBanner): Element | null => rootOf(banner).activeElement;

/** A banner between two buttons of the host. The first of them has the focus. */
async function between(state: State, properties: Partial<CpIsBanner> = {}): Promise<CpIsBanner> {
  const banner = await open(state, state.only ?? 'unscheduled', properties);
  frame(banner);
  return banner;
}

function frame(banner: CpIsBanner): void {
  for (const [place, name] of [
    ['beforebegin', 'before'],
    ['afterend', 'after'],
  ] as const) {
    const host = document.createElement('button');
    host.className = 'hosts';
    host.textContent = name;
    banner.insertAdjacentElement(place, host);
  }
  document.querySelector<HTMLElement>('.hosts')?.focus();
}

/** Tabs from the present focus to the host's next button, and returns what was passed on the way. */
async function tabThrough(banner: CpIsBanner): Promise<readonly Element[]> {
  const path: Element[] = [];
  for (let steps = 0; steps < 60; steps++) {
    await press('Tab');
    const { activeElement } = document;
    if (activeElement?.className === 'hosts') break;
    const inside = focused(banner);
    if (inside !== null) path.push(inside);
  }
  return path;
}

async function pressOn(banner: CpIsBanner, name: string, key: 'Enter' | ' '): Promise<void> {
  button(banner, name).focus();
  await press(key);
  await banner.updateComplete;
}

before(async () => {
  await focusPage();
  stopDateAt(sunday);
});
afterEach(() => {
  unmountAll();
  for (const host of document.querySelectorAll('.hosts')) host.remove();
});
after(resume);

describe('the Tab key', () => {
  it('goes through a banner in reading order', async () => {
    const banner = await between(stateNamed('child protection plan'));
    expect((await tabThrough(banner)).map(called)).to.deep.equal([
      'Copy for the notes',
      'Hide',
      'Ring Islington emergency duty team 020 7946 0123',
      'Copy Islington emergency duty team 020 7946 0123',
      'Ring Islington office 020 7946 0199',
      'Details',
      'Opened in error?',
    ]);
  });

  for (const state of states)
    for (const layout of layouts)
      it(`${state.name}, ${layout}: reaches every control in order, with a visible focus, and comes out again`, async () => {
        const banner = await between(state, { layout });
        const path = await tabThrough(banner);
        expect(path).to.deep.equal([...rootOf(banner).querySelectorAll('a, button, summary')]);
        expect(document.activeElement?.textContent).to.equal('after');
        await press('Tab', { shift: true });
        expect(focused(banner)).to.equal(path.at(-1) ?? null);
        const last = focused(banner);
        if (last !== null) expect(getComputedStyle(last).boxShadow).to.contain('rgb(33, 43, 50)');
      });
});

for (const key of ['Enter', ' '] as const)
  describe(key === ' ' ? 'the space bar' : 'the Enter key', () => {
    it('opens and closes the views and what to do after an error', async () => {
      const banner = await between(stateNamed('child protection plan'));
      await pressOn(banner, 'Details', key);
      expect(textOf(banner)).to.contain('Dr Amira SHAH');
      expect(called(focused(banner))).to.equal('Details');
      await pressOn(banner, 'Details', key);
      expect(textOf(banner)).not.to.contain('Dr Amira SHAH');
      await pressOn(banner, 'Opened in error?', key);
      expect(textOf(banner)).to.contain('The alert can’t be recalled.');
      await pressOn(banner, 'Opened in error?', key);
      expect(textOf(banner)).not.to.contain('The alert can’t be recalled.');
    });

    it('hides and shows, and the focus goes from one button to the other', async () => {
      const banner = await between(stateNamed('child protection plan'));
      await pressOn(banner, 'Hide', key);
      expect([textOf(banner), called(focused(banner))]).to.deep.equal(['CP-IS hidden Show', 'Show']);
      await press(key);
      await banner.updateComplete;
      expect(textOf(banner)).to.contain('Child protection plan');
      expect(called(focused(banner))).to.equal('Hide');
    });

    it('checks again; the focus stays visible in the banner, and goes on from there', async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { status: 500 } });
      const banner = await answered(mount(register));
      frame(banner);
      await register.script({ CareTeam: { body: none() } });
      await pressOn(banner, 'Check again', key);
      await answered(banner);
      const section = find(banner, 'section');
      expect([banner.status, focused(banner)]).to.deep.equal(['none', section]);
      expect(getComputedStyle(section).outlineStyle).to.equal('solid');
      await press('Tab');
      expect(called(focused(banner))).to.equal('Copy for the notes');
    });
  });

it('Enter follows a number, and the copy button copies it', async () => {
  const banner = await between(stateNamed('child protection plan'));
  const calls: string[] = [];
  banner.addEventListener('cp-is-call', ({ authority, line }) => calls.push(`${authority} ${line}`));
  const link = find(banner, '.ring a');
  link.addEventListener('click', (event) => {
    event.preventDefault();
  });
  link.focus();
  await press('Enter');
  expect(calls).to.deep.equal(['Islington emergency-duty']);
  await press('Tab');
  expect(called(focused(banner))).to.equal('Copy Islington emergency duty team 020 7946 0123');
  await press('Enter');
  while (!/Copied|Not copied/.test(find(banner, '.ring button').innerText))
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(called(focused(banner))).to.match(/^(Copied|Not copied)$/);
});

describe('the Escape key', () => {
  it('closes what was opened, leaves the focus where it was, and closes nothing of the host’s', async () => {
    const banner = await between(stateNamed('child protection plan'));
    const reached: string[] = [];
    const listen = (event: KeyboardEvent): unknown => reached.push(event.key);
    document.addEventListener('keydown', listen);
    for (const name of ['Details', 'Opened in error?']) {
      await pressOn(banner, name, ' ');
      reached.length = 0;
      await press('Escape');
      await banner.updateComplete;
      expect(rootOf(banner).querySelector('.table')).to.equal(null);
      expect(textOf(banner)).not.to.contain('The alert can’t be recalled.');
      expect([called(focused(banner)), reached]).to.deep.equal([name, []]);
    }
    await press('Escape');
    expect(reached, 'with nothing open it is the host’s').to.deep.equal(['Escape']);
    document.removeEventListener('keydown', listen);
  });

  it('hides what was revealed, wherever in it the focus is', async () => {
    const banner = await between(stateNamed('child protection plan'), { discreet: true });
    await pressOn(banner, 'Show', 'Enter');
    find(banner, '.ring a').focus();
    await press('Escape');
    await banner.updateComplete;
    expect([textOf(banner), called(focused(banner))]).to.deep.equal(['Please read: CP-IS Show', 'Show']);
  });
});

describe('the focus is never lost', () => {
  for (const name of ['Hide', 'Copy Islington emergency duty team 020 7946 0123', 'Details', 'Opened in error?'])
    it(`when the patient changes under "${name}"`, async () => {
      const banner = await between(stateNamed('child protection plan'));
      button(banner, name).focus();
      banner.nhsNumber = otherNumber;
      expect([banner.status, focused(banner)]).to.deep.equal(['checking', find(banner, 'section')]);
      await answered(banner);
      expect(focused(banner)).to.equal(find(banner, 'section'));
      await press('Tab');
      expect(focused(banner)).to.equal(rootOf(banner).querySelector('a, button'));
    });

  it('when the patient is closed, Tab goes on after the banner', async () => {
    const banner = await between(stateNamed('child protection plan'));
    button(banner, 'Hide').focus();
    banner.clear();
    await banner.updateComplete;
    await press('Tab');
    expect(document.activeElement?.textContent).to.equal('after');
  });

  it('when the details disappear by themselves', async () => {
    const banner = await between(stateNamed('child protection plan'), { discreet: true });
    await pressOn(banner, 'Show', 'Enter');
    find(banner, '.ring a').focus();
    dispatchEvent(new Event('blur'));
    await banner.updateComplete;
    expect(called(focused(banner))).to.equal('Show');
  });

  it('and is never taken: an answer that arrives while the reader is elsewhere leaves the focus there', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: held(), hold: true } });
    const banner = mount(register);
    frame(banner);
    await until(banner, ({ status }) => status === 'checking');
    while ((await register.log('CareTeam')).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await register.release();
    await answered(banner);
    expect(document.activeElement?.textContent).to.equal('before');
  });
});
