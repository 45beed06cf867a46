import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { nextTask, textOf, unmountAll } from '../support/banner.js';
import { attendancesOf, layouts, open, states, stateNamed } from '../support/states.js';
import { rootOf } from '../support/page.js';

const patientShown = 'Out of sync: check that this is the same patient.';
const nobodyShown = 'Out of sync: CP-IS not checked.';

const lost = async (banner: CpIsBanner): Promise<void> => {
  banner.outOfSync = true;
  await banner.updateComplete;
};

describe('out of sync', () => {
  afterEach(unmountAll);

  for (const layout of layouts)
    for (const state of states)
      it(`${layout}, ${state.name}: the line stands first and hides nothing`, async () => {
        const banner = await open(state, attendancesOf(state)[0], { layout });
        const before = textOf(banner);
        await lost(banner);
        const line = state.name === 'idle' ? nobodyShown : patientShown;
        expect(textOf(banner)).to.equal(`${line} ${before}`.trim());
        expect(banner.status).to.equal(state.is[0]);
        banner.outOfSync = false;
        await banner.updateComplete;
        expect(textOf(banner)).to.equal(before);
      });

  it('stands on a discreet banner too, which stays closed', async () => {
    const banner = await open(stateNamed('child protection plan'), 'unscheduled', { discreet: true });
    await lost(banner);
    expect(textOf(banner)).to.equal(`${patientShown} Please read: CP-IS Show`);
  });

  it('is said politely, and asks the register nothing', async () => {
    const banner = await open(stateNamed('child protection plan'));
    let changes = 0;
    banner.addEventListener('cp-is-change', () => changes++);
    await lost(banner);
    await nextTask(20);
    expect(rootOf(banner).querySelector('.sync')?.getAttribute('role')).to.equal('status');
    expect(rootOf(banner).querySelector('[role=alert]')?.textContent).not.to.contain('sync');
    expect([banner.status, changes]).to.deep.equal(['current', 0]);
  });

  it('has no attribute: the public contract’s are as they were', async () => {
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
