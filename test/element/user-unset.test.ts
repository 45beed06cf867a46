import { expect } from 'chai';

import { CpIsBanner } from '../../src/index.js';
import { held, none, otherNumber } from '../fixtures/bundles.js';
import { answered, mount, nextTask, unmountAll, until, warnings } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';
import type { Script } from '../support/scripts.js';

const warning = '<cp-is-banner>: user is not set: set it before a patient.';
const unset: Partial<CpIsBanner> = { user: undefined };

describe('a patient opened while no user is set', () => {
  afterEach(unmountAll);

  const ends: readonly [name: string, script: Script, status: string][] = [
    ['a record', { body: held() }, 'current'],
    ['no record', { body: none() }, 'none'],
    ['no answer', { status: 500 }, 'not-checked'],
  ];
  for (const [name, script, status] of ends)
    it(`${name}: the console says once that user is not set`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: script });
      const warned = await warnings(async () => {
        expect((await answered(mount(register, unset))).status).to.equal(status);
      });
      expect(warned).to.equal(warning);
    });

  const empty: readonly [name: string, user: unknown][] = [
    ['an empty text', ''],
    ['a blank', ' \n'],
    ['null', null],
  ];
  for (const [name, user] of empty)
    it(`${name} counts as no user too`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const warned = await warnings(async () => {
        await answered(mount(register, { user } as Partial<CpIsBanner>));
      });
      expect(warned).to.equal(warning);
    });

  it('one tag warns once, however many patients follow; another tag warns too', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const warned = await warnings(async () => {
      const banner = await answered(mount(register, unset));
      banner.nhsNumber = otherNumber;
      await until(banner, ({ status }) => status === 'checking');
      await answered(banner);
      await answered(mount(register, { ...unset, nhsNumber: otherNumber }));
    });
    expect(warned).to.equal(`${warning}\n${warning}`);
  });

  it('a framework that sets user a moment after the patient gets no warning', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none(), hold: true } });
    const warned = await warnings(async () => {
      const banner = mount(register, unset);
      await until(banner, ({ status }) => status === 'checking');
      await nextTask(50);
      await register.script({ CareTeam: { body: none() } });
      banner.user = 'a nurse';
      await until(banner, ({ status }) => status === 'none');
      await register.release();
      await nextTask(50);
    });
    expect(warned).to.equal('');
  });

  const wholes: readonly [name: string, properties: Partial<CpIsBanner>, status: string][] = [
    ['with a user', { user: 'a nurse' }, 'none'],
    ['with a user by number', { user: 7 as unknown as string }, 'none'],
    ['with nobody open', { ...unset, nhsNumber: '' }, 'idle'],
    ['with a number that was not traced', { ...unset, nhsNumberStatus: 'unverified' }, 'not-checked'],
  ];
  for (const [name, properties, status] of wholes)
    it(`${name}: no warning`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const warned = await warnings(async () => {
        const banner = mount(register, properties);
        await until(banner, (tag) => tag.status === status);
        await nextTask(30);
      });
      expect(warned).to.equal('');
    });

  const ways: readonly [name: string, out: (banner: CpIsBanner) => void][] = [
    ['the patient first', (banner) => Object.assign(banner, { nhsNumber: '', encounter: '', user: undefined })],
    ['the user first', (banner) => Object.assign(banner, { user: undefined, encounter: '', nhsNumber: '' })],
    [
      'by clear()',
      (banner) => {
        banner.clear();
        banner.user = undefined;
      },
    ],
  ];
  for (const [name, out] of ways)
    it(`signing out, ${name}, opens nobody and gives no warning`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const warned = await warnings(async () => {
        const banner = await answered(mount(register, { encounter: 'e1' }));
        out(banner);
        CpIsBanner.signOut();
        await nextTask(50);
        expect(banner.status).to.equal('idle');
      });
      expect(warned).to.equal('');
    });
});
