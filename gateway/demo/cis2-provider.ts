import type { JWK } from 'jose';
import type { ClientMetadata, Configuration } from 'oidc-provider';

import type { TestCis2 } from './cis2.js';
import { people, type Person } from './people.js';

interface Parts {
  readonly keys: readonly JWK[];
  readonly metadata: readonly ClientMetadata[];
  readonly chosen: ReadonlyMap<string, string>;
  readonly cis2: Pick<TestCis2, 'idTokenInstead' | 'userInfoInstead'>;
}

/** Makes `oidc-provider` speak as CIS2 does. */
export const configuration = ({ keys, metadata, chosen, cis2 }: Parts): Configuration => ({
  jwks: { keys: [...keys] },
  clients: [...metadata],
  // CIS2 puts what it says of a sign-in into the ID token itself.
  conformIdTokenClaims: false,
  claims: {
    openid: [
      'sub',
      'sid',
      'auth_time',
      'acr',
      'selected_roleid',
      'authentication_assurance_level',
      'id_assurance_level',
    ],
    profile: ['name', 'uid', 'nhsid_useruid'],
    nationalrbacaccess: ['nhsid_nrbac_roles'],
    associatedorgs: ['nhsid_user_orgs'],
    selectedrole: [],
    changedrole: [],
  },
  scopes: ['openid', 'selectedrole', 'changedrole'],
  acrValues: ['AAL3_ANY', 'AAL2_OR_AAL3_ANY'],
  enabledJWA: { clientAuthSigningAlgValues: ['RS512'] },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  pkce: { required: () => true },
  cookies: { keys: ['a test, and no secret'] },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, uid) => {
    const person = people.find((one) => one.uid === uid);
    if (person === undefined) return undefined;
    return {
      accountId: uid,
      claims: (use) => ({
        ...claimsOf(person, chosen.get(uid)),
        sub: uid,
        ...(use === 'id_token' ? cis2.idTokenInstead : cis2.userInfoInstead),
      }),
    };
  },
  loadExistingGrant: async (ctx) => {
    const { client, session } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
    grant.addOIDCScope('openid profile nationalrbacaccess associatedorgs selectedrole changedrole');
    await grant.save();
    return grant;
  },
  // Without the library's own dispatcher, which would not connect to a gateway on this machine.
  fetch: (url, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown } = {}) => fetch(url, options),
  ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 3600, Interaction: 600, Session: 3600, Grant: 3600 },
});

const claimsOf = ({ name, uid, aal, roles }: Person, selected: string | undefined) => ({
  name,
  uid,
  nhsid_useruid: uid,
  selected_roleid: selected,
  authentication_assurance_level: String(aal),
  id_assurance_level: '3',
  nhsid_nrbac_roles: roles.map((role) => ({
    person_orgid: uid,
    person_roleid: role.id,
    org_code: role.organisation.ods,
    role_code: role.code,
    role_name: role.name,
    activities: [],
    activity_codes: role.activities,
  })),
  nhsid_user_orgs: roles.map(({ organisation: { ods, name: org_name } }) => ({ org_code: ods, org_name })),
});
