import { expect } from 'chai';

import { accesses, held, none } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll, until } from '../support/page/banner.js';
import { find, rootOf } from '../support/page/page.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';
import { layouts, open, stateNamed } from '../support/page/states.js';

describe('room for the host', () => {
  afterEach(unmountAll);

  for (const layout of layouts)
    it(`the slot "local" is beside the numbers, and goes with them: ${layout}`, async () => {
      const banner = await open(stateNamed('child protection plan'), 'unscheduled', { layout });
      const own = document.createElement('p');
      own.slot = 'local';
      own.textContent = 'Trust safeguarding: extension 4000';
      banner.append(own);
      expect(own.checkVisibility()).to.equal(true);
      expect(own.assignedSlot?.closest('[part=contacts]')).not.to.equal(null);
      banner.clear();
      expect(own.assignedSlot).to.equal(null);
    });

  it('the slot reveals nothing about a patient in a discreet banner that is closed', async () => {
    const banner = await open(stateNamed('child protection plan'), 'unscheduled', { discreet: true });
    const own = document.createElement('p');
    own.slot = 'local';
    banner.append(own);
    expect(own.assignedSlot).to.equal(null);
  });

  it('focus() takes the keyboard to the banner', async () => {
    const banner = await open(stateNamed('child protection plan'));
    banner.focus();
    expect(document.activeElement).to.equal(banner);
    expect(rootOf(banner).activeElement).to.equal(find(banner, 'section'));
  });

  it('a patient is open who is not attending: this is said, with the number, and nothing is asked', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: held() } });
    const banner = await answered(mount(register, { noAttendance: true }));
    expect([banner.status, banner.reason]).to.deep.equal(['not-checked', 'no-attendance']);
    expect(textOf(banner)).to.contain('No current attendance. CP-IS is asked when there is one.');
    expect(textOf(banner)).to.contain('NHS No. 999 000 0018').and.not.to.contain('Check again');
    expect(await register.log()).to.deep.equal([]);
    banner.noAttendance = false;
    await answered(banner);
    expect(banner.status).to.equal('current');
    banner.noAttendance = true;
    expect([banner.status, banner.answer?.status]).to.deep.equal(['checking', undefined]);
    banner.clear();
    expect([banner.status, banner.noAttendance]).to.deep.equal(['idle', false]);
  });

  it('a missed appointment is a silent read', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([]) },
    });
    const banner = mount(register, { careSetting: 'general-practice', attendance: 'not-brought' });
    await answered(banner);
    expect(banner.status).to.equal('current');
    for (const { headers } of await register.log()) expect(headers['isunscheduledaccessevent']).to.equal('false');
    expect(textOf(banner)).to.contain('Missed or not brought: CP-IS does not tell Islington.');
  });

  for (const careSetting of ['emergency-department', 'nhs-111', 'ambulance'])
    it(`nobody can have missed unscheduled care: ${careSetting}`, async () => {
      const register = await ScriptedRegister.answering({});
      const banner = await answered(mount(register, { careSetting, attendance: 'not-brought' }));
      expect(banner.reason).to.equal('misconfigured');
      expect(await register.log()).to.deep.equal([]);
    });

  it('after three seconds the banner says that it is still checking', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none(), hold: true } });
    const banner = mount(register);
    await until(banner, ({ status }) => status === 'checking');
    expect(textOf(banner)).to.contain('recorded under your name');
    while (!textOf(banner).includes('Still checking CP-IS…')) await nextTask(50);
    expect(find(banner, '[role=status]').textContent).to.equal('Still checking CP-IS…');
    while ((await register.log('CareTeam')).length === 0) await nextTask(5);
    await register.release();
    await answered(banner);
    expect(textOf(banner)).not.to.contain('checking');
  });
});
