import { expect } from 'chai';

import { idTokenClaimsOf, identityOf, type Policy, SignInRefused } from '../src/sign-in/claims.js';
import { policy } from './whole.js';

const idToken = {
  sub: '555000000101',
  iat: 1,
  exp: 2,
  acr: 'AAL3_ANY',
  selected_roleid: '1',
  authentication_assurance_level: '3',
  id_assurance_level: '3',
};
const role = (more: Record<string, unknown>) => ({
  person_roleid: '1',
  org_code: 'RKE',
  role_code: 'S8000:G8000:R8001',
  ...more,
});
const refusalOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof SignInRefused) return error.code;
  }
  return 'none';
};
const mayOf = (roles: readonly unknown[], more: Partial<Policy> = {}): unknown => {
  const whole = { ...policy, ...more };
  const act = () => identityOf(idTokenClaimsOf(idToken, whole), { sub: idToken.sub, nhsid_nrbac_roles: roles }, whole);
  const refusal = refusalOf(act);
  return refusal === 'none' ? act().may : refusal;
};

describe('what CIS2’s claims let a user do', () => {
  const hierarchy = {
    roles: { 'S8000:G8000:R8001': ['B0001'], R8001: ['B0002'] },
    activities: { B0001: ['B0003'], B0003: ['B0107', 'B0001'] },
  };
  type Row = readonly [what: string, roles: readonly unknown[], may: unknown, more?: Partial<Policy>];
  const rows: readonly Row[] = [
    ['B0107', [role({ activity_codes: ['B0107'] })], { view: true, alert: true }],
    ['B0170', [role({ activity_codes: ['B0170'] })], { view: true, alert: false }],
    ['both', [role({ activity_codes: ['B0170', 'B0107'] })], { view: true, alert: true }],
    ['neither', [role({ activity_codes: ['B0106', 'b0107', 'B01070'] })], 'ROLE_MAY_NOT_VIEW'],
    ['no activities', [role({})], 'ROLE_MAY_NOT_VIEW'],
    ['an activity in words alone', [role({ activities: ['View CP-IS Flag'] })], 'ROLE_MAY_NOT_VIEW'],
    [
      'another role’s activity',
      [role({}), role({ person_roleid: '2', activity_codes: ['B0107'] })],
      'ROLE_MAY_NOT_VIEW',
    ],
    ['no roles', [], 'ROLE_UNKNOWN'],
    [
      'two roles of one number',
      [role({ activity_codes: ['B0107'] }), role({ activity_codes: ['B0170'] })],
      'ROLE_UNKNOWN',
    ],
    [
      'a role that cannot be read beside it',
      [{ person_roleid: 3 }, role({ activity_codes: ['B0170'] })],
      { view: true, alert: false },
    ],
    ['an activity that the role includes, without a table', [role({ activity_codes: ['B0001'] })], 'ROLE_MAY_NOT_VIEW'],
    [
      'the same, with the table, though it goes in a circle',
      [role({ activity_codes: ['B0001'] })],
      { view: true, alert: true },
      { hierarchy },
    ],
    ['the baseline of its code', [role({})], { view: true, alert: true }, { hierarchy }],
    [
      'the baseline of its job role',
      [role({ role_code: 'S1:G1:R8001' })],
      { view: true, alert: false },
      { hierarchy, view: ['B0002'] },
    ],
    ['a code named as an object’s own', [role({ role_code: 'constructor' })], 'ROLE_MAY_NOT_VIEW', { hierarchy }],
  ];
  for (const [what, roles, may, more] of rows)
    it(`${what}: ${JSON.stringify(may)}`, () => {
      expect(mayOf(roles, more)).to.deep.equal(may);
    });

  it('reads a level written as a number in the same way as text', () => {
    expect(refusalOf(() => idTokenClaimsOf({ ...idToken, authentication_assurance_level: 3 }, policy))).to.equal(
      'none',
    );
  });
});
