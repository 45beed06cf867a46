import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { nextTask, textOf, unmountAll } from '../support/page/banner.js';
import { resume, stopDateAt } from '../support/page/clock.js';
import { button, find, rootOf } from '../support/page/page.js';
import { attendancesOf, layouts, open, states, stateNamed, sunday } from '../support/page/states.js';

const mayBeAnother = 'This may be another patient: NHS No. 999 000 0018 Out of sync. Open your patient again.';
const withoutNumber = 'This may be another patient Out of sync. Open your patient again.';
const nobody = 'Out of sync: CP-IS not checked.';

const lost = async (banner: CpIsBanner): Promise<void> => {
  banner.outOfSync = true;
  await banner.updateComplete;
};

const lineFor = (name: string): string =>
  name === 'idle' ? nobody : /nhs-number-(missing|invalid)/.test(name) ? withoutNumber : mayBeAnother;

describe('out of sync', () => {
  before(() => {
    stopDateAt(sunday);
  });
  afterEach(unmountAll);
  after(resume);

  for (const layout of layouts)
    for (const state of states)
      it(`${layout}, ${state.name}: nothing of the record is shown, only whose it may be; Show brings it back`, async () => {
        const banner = await open(state, attendancesOf(state)[0], { layout });
        const before = textOf(banner);
        await lost(banner);
        const line = lineFor(state.name);
        if (state.name === 'idle') {
          expect(textOf(banner)).to.equal(line);
          return;
        }
        expect(textOf(banner)).to.equal(`${line} Show`);
        expect(banner.status, 'it changes nothing of what is known').to.equal(state.is[0]);
        button(banner, 'Show').click();
        await banner.updateComplete;
        expect(textOf(banner)).to.equal(`${line} ${before.replace(/ ?Copy for the notes/, '')}`);
        banner.outOfSync = false;
        await banner.updateComplete;
        expect(textOf(banner)).to.equal(before);
      });

  it('no text of the record is in the tree in any frame once the loss is known', async () => {
    const banner = await open(stateNamed('several authorities'), 'unscheduled', { layout: 'panel' });
    banner.outOfSync = true;
    await Promise.resolve();
    for (let frames = 0; frames < 3; frames++) {
      expect(rootOf(banner).textContent).not.to.match(/Islington|Hackney|Sheffield|Child protection plan|020 7946/);
      await new Promise(requestAnimationFrame);
    }
  });

  it('hides again when the connection to the EPR is lost again', async () => {
    const banner = await open(stateNamed('child protection plan'));
    await lost(banner);
    button(banner, 'Show').click();
    banner.outOfSync = false;
    await banner.updateComplete;
    await lost(banner);
    expect(textOf(banner)).to.equal(`${mayBeAnother} Show`);
  });

  it('a discreet banner stays closed, and shows no number', async () => {
    const banner = await open(stateNamed('child protection plan'), 'unscheduled', { discreet: true });
    await lost(banner);
    expect(textOf(banner)).to.equal(`${withoutNumber} Show`);
    button(banner, 'Show').click();
    await banner.updateComplete;
    expect(textOf(banner)).to.equal(`${withoutNumber} Please read: CP-IS Show`);
    banner.outOfSync = false;
    await banner.updateComplete;
    expect(textOf(banner)).to.equal('Please read: CP-IS Show');
  });

  it('is announced politely and without the number, and asks the register nothing', async () => {
    const banner = await open(stateNamed('child protection plan'));
    let changes = 0;
    banner.addEventListener('cp-is-change', () => changes++);
    await lost(banner);
    await nextTask(20);
    expect(find(banner, '[role=status]').textContent).to.equal(
      'This may be another patient. Out of sync. Open your patient again.',
    );
    expect(find(banner, '[aria-live=assertive]').textContent).to.equal('');
    expect([banner.status, changes]).to.deep.equal(['current', 0]);
  });

  it('gives no note, because it is not certain whose it would be', async () => {
    const banner = await open(stateNamed('child protection plan'));
    expect(banner.note()).to.contain('Child protection plan since 26-Sep-2025');
    await lost(banner);
    expect(banner.note()).to.equal('');
  });

  it('has no attribute, because only the adapters set it', async () => {
    const banner = await open(stateNamed('none'));
    const before = banner.getAttributeNames();
    await lost(banner);
    expect(banner.getAttributeNames()).to.deep.equal(before);
    banner.setAttribute('out-of-sync', '');
    banner.outOfSync = false;
    await banner.updateComplete;
    expect(textOf(banner)).not.to.contain('sync');
  });
});
