import { expect } from 'chai';

import { careSettings, isEachViewItsOwn, isSilent, readEpisode } from '../../src/domain/care-setting.js';

const unscheduled = [
  'emergency-department',
  'emergency-dental',
  'walk-in-centre',
  'minor-injuries-unit',
  'ambulance',
  'gp-out-of-hours',
  'paediatric-ward',
  'maternity-unit',
  'nhs-111',
];
const scheduled = ['general-practice', 'termination-of-pregnancy', 'school-nursing', 'health-visiting'];
const either = ['camhs', 'sexual-assault-referral-centre', 'community-paediatrics', 'dentistry'];

describe('care setting', () => {
  it('the settings are those of the public contract, unscheduled first', () => {
    expect(careSettings).to.deep.equal([...unscheduled, ...scheduled, ...either]);
  });

  for (const [settings, usual] of [
    [unscheduled, 'unscheduled'],
    [scheduled, 'scheduled'],
    [either, undefined],
  ] as const)
    for (const setting of settings) {
      it(`${setting} without attendance: ${usual ?? 'nothing is guessed'}`, () => {
        expect(readEpisode(setting, '')).to.deep.equal(
          usual === undefined ? { problem: 'attendance-missing' } : { setting, attendance: usual },
        );
      });

      for (const attendance of ['unscheduled', 'scheduled'])
        it(`${setting} with attendance ${attendance}: as stated`, () => {
          expect(readEpisode(setting, attendance)).to.deep.equal({ setting, attendance });
        });

      it(`${setting} with attendance not-brought: ${usual === 'unscheduled' ? 'misconfigured' : 'as stated'}`, () => {
        expect(readEpisode(setting, 'not-brought')).to.deep.equal(
          usual === 'unscheduled' ? { problem: 'misconfigured' } : { setting, attendance: 'not-brought' },
        );
      });

      for (const attendance of [
        'Scheduled',
        'Not-brought',
        'not brought',
        'was-not-brought',
        'did-not-attend',
        'UNSCHEDULED',
        ' scheduled',
        'emergency',
        'true',
        'false',
        'null',
        ' ',
      ])
        it(`${setting} with attendance "${attendance}": misconfigured`, () => {
          expect(readEpisode(setting, attendance)).to.deep.equal({ problem: 'misconfigured' });
        });
    }

  const attendances = ['', 'scheduled', 'unscheduled', 'not-brought', 'emergency'];

  it('scheduled and missed attendances are silent, and no others', () => {
    for (const attendance of ['scheduled', 'not-brought'] as const) expect(isSilent(attendance)).to.equal(true);
    for (const attendance of ['unscheduled', undefined] as const) expect(isSilent(attendance)).to.equal(false);
  });

  it('a view by NHS 111 or by ambulance is an event of its own, and no other view is', () => {
    expect(careSettings.filter(isEachViewItsOwn)).to.deep.equal(['ambulance', 'nhs-111']);
    expect(isEachViewItsOwn(undefined)).to.equal(false);
  });

  it('no setting: missing, whatever the attendance', () => {
    for (const attendance of attendances)
      expect(readEpisode('', attendance)).to.deep.equal({ problem: 'care-setting-missing' });
  });

  for (const setting of [
    ...['a&e', 'ED', 'Ambulance', ' ambulance', 'ambulance ', 'nhs111', 'emergency department', ' ', '0', 'null'],
    ...['undefined', 'constructor', 'toString', '__proto__', 'hasOwnProperty', 'either', 'scheduled', 'unscheduled'],
  ])
    it(`"${setting}" is unknown, whatever the attendance`, () => {
      for (const attendance of attendances)
        expect(readEpisode(setting, attendance)).to.deep.equal({ problem: 'care-setting-unknown' });
    });
});
