import { users } from '../../demo/register/index.js';

/** An invented person of the test CIS2, with the roles they can choose from. */
export interface Person {
  readonly uid: string;
  readonly name: string;
  /** How strongly they sign in: 3 with a smartcard, 2 with an authenticator. */
  readonly aal: number;
  readonly roles: readonly PersonRole[];
}

export interface PersonRole {
  /** `person_roleid`. The sandbox register knows its user by it. */
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly organisation: { readonly ods: string; readonly name: string };
  readonly activities: readonly string[];
  /** The author that the sandbox register knows this role as. */
  readonly author: string;
}

const whittington = { ods: 'RKE', name: 'Whittington Hospital' };

const roleOf = (author: string, code: string, organisation: PersonRole['organisation']): PersonRole => {
  const { roleProfileId, role, activity } = users.find((user) => user.author === author)!;
  const activities = activity === undefined ? [] : [activity];
  return { id: roleProfileId, code, name: role, organisation, activities, author };
};

export const people: readonly Person[] = [
  {
    uid: '555000000101',
    name: 'LEWIS Hannah (Ms)',
    aal: 3,
    roles: [
      roleOf('demo-ed-nurse', 'S8001:G8002:R8001', whittington),
      roleOf('demo-school-nurse', 'S8001:G8002:R8003', { ods: 'Y00001', name: 'Islington school nursing' }),
    ],
  },
  {
    uid: '555000000102',
    name: 'FENWICK Julia (Ms)',
    aal: 3,
    roles: [roleOf('demo-no-access', 'S8006:G8006:R8008', whittington)],
  },
  {
    uid: '555000000103',
    name: 'MEHTA Rohan (Dr)',
    aal: 2,
    roles: [roleOf('demo-ed-doctor', 'S8000:G8000:R8000', whittington)],
  },
];

export const roles: readonly PersonRole[] = people.flatMap((person) => person.roles);
