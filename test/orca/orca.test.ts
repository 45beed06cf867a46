import { expect } from 'chai';

import { failureStates, stateNamed, type State } from '../fixtures/states.js';
import { Desk, listenedTo } from '../support/node/orca/desk.js';
import { Transcript } from '../support/node/orca/transcript.js';
import { setUp } from '../support/node/setting-up.js';

/** Every reason for not checked, grouped by subject. */
const notChecked: Readonly<Record<string, readonly string[]>> = {
  'the number': ['nhs-number-missing', 'nhs-number-invalid', 'nhs-number-unverified'],
  'the attendance': ['attendance-missing', 'no-attendance'],
  'the set-up': ['care-setting-missing', 'care-setting-unknown', 'misconfigured'],
  'who asks': ['signed-out', 'access-denied'],
  'the register will not': ['refused', 'busy'],
  'no answer': ['unreachable', 'timed-out', 'register-error'],
  'no answer to be read': ['unreadable', 'unreadable, plans listed', 'check-again'],
  'another patient': ['wrong-patient'],
};

it('every reason for not checked is listened to', () => {
  const listened = Object.values(notChecked).flat();
  expect(listened.sort()).to.deep.equal(failureStates.map(({ name }) => name.replace('not checked: ', '')).sort());
});

for (const which of listenedTo)
  describe(`what Orca says with ${which}`, function () {
    this.timeout(900_000);
    let desk: Desk;
    setUp(async (keep) => {
      desk = await Desk.open(keep, which);
    });

    /** A test whose transcript is stored under its title. */
    const scene = (title: string, play: (said: Transcript) => Promise<void>): void =>
      void it(title, async () => {
        const said = new Transcript(desk, which, title);
        await play(said);
        said.compare();
      });

    for (const name of ['child protection plan', 'looked after', 'ended', 'none'])
      scene(name, async (said) => {
        await opening(said, stateNamed(name));
      });

    scene('more than one', async (said) => {
      for (const name of ['child protection plan and looked after', 'unborn baby', 'several authorities'])
        await opening(said, stateNamed(name));
    });

    for (const [about, reasons] of Object.entries(notChecked))
      scene(`not checked, ${about}`, async (said) => {
        for (const reason of reasons) await opening(said, stateNamed(`not checked: ${reason}`));
      });

    scene('out of sync', async (said) => {
      await opening(said, stateNamed('child protection plan'));
      await said.step('The EPR is no longer heard', () => outOfSync(desk));
      await desk.goBack();
      await said.step('The EPR is no longer heard while nobody is open', () => outOfSync(desk));
    });

    scene('discreet', async (said) => {
      await opening(said, stateNamed('child protection plan'), { discreet: true });
      await said.press('Tab');
      await said.press('Return');
    });

    scene('the buttons, by Tab', async (said) => {
      await opening(said, stateNamed('child protection plan'));
      await pressUntilHeard(said, 'Tab', 'Save the triage');
    });

    scene('the table of visits', async (said) => {
      await opening(said, stateNamed('child protection plan'));
      await pressUntilHeard(said, 'Tab', 'Details');
      await said.press('Return');
      await said.press('Insert+a');
      await said.press('t');
      await pressUntilHeard(said, 'Down', 'Visits are an estimate');
    });

    /** Opens the record. Everything that the tag announces must be heard once and in full, in either browser. */
    async function opening(
      said: Transcript,
      state: State,
      more: Readonly<Record<string, unknown>> = {},
    ): Promise<void> {
      await desk.goBack();
      const name = `Enter on “Open the record”: ${state.name}${'discreet' in more ? ', discreet' : ''}`;
      await said.step(name, () => desk.openRecord(state, more));
      if (state.then !== undefined) await said.step('The page was left, and is back', () => desk.happens(state));
      const announced = await desk.page.$eval('cp-is-banner', (banner) =>
        [...banner.shadowRoot!.querySelectorAll('[aria-live=assertive], [role=status]')]
          .map(({ textContent }) => textContent)
          .join('')
          .replace(/\s+/g, ' '),
      );
      expect(announced, name).not.to.equal('');
      expect(
        said.last.filter((text) => text.includes('CP-IS')),
        name,
      ).to.deep.equal([announced]);
    }
  });

async function pressUntilHeard(said: Transcript, key: string, start: string): Promise<void> {
  const most = 200;
  for (let presses = 0; !said.last.some((text) => text.startsWith(start)); presses++) {
    if (presses === most) throw new Error(`${key} was pressed ${most} times, and “${start}” was not heard`);
    await said.press(key);
  }
}

const outOfSync = (desk: Desk): Promise<void> =>
  desk.page.$eval('cp-is-banner', (banner) => void Object.assign(banner, { outOfSync: true }));
