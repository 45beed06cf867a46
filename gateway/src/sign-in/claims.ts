import * as v from 'valibot';

import type { May } from '../options.js';

/** One of a user's roles in the national RBAC, as CIS2 gives it. */
export interface Role {
  /** `person_roleid`. */
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly organisation: { readonly ods: string; readonly name: string };
  readonly activities: readonly string[];
}

/**
 * The activities that a role code brings, and those that an activity includes. The operator must supply the national
 * table.
 */
export interface Hierarchy {
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly activities: Readonly<Record<string, readonly string[]>>;
}

export interface Policy {
  readonly acr: readonly string[];
  readonly minAal: number;
  readonly minIal: number;
  /** Activity codes: B0107 views and alerts, B0170 only views. */
  readonly viewAndAlert: readonly string[];
  readonly view: readonly string[];
  readonly hierarchy: Hierarchy;
}

const level = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((value) => Number(value)),
  v.integer(),
);
const text = v.pipe(v.string(), v.minLength(1));

const idTokenShape = v.object({
  sub: text,
  sid: v.optional(text),
  iat: v.number(),
  exp: v.number(),
  acr: v.optional(v.string(), ''),
  selected_roleid: v.pipe(v.string(), v.regex(/^\d{1,20}$/)),
  authentication_assurance_level: v.optional(level, 0),
  id_assurance_level: v.optional(level, 0),
});
export type IdTokenClaims = v.InferOutput<typeof idTokenShape>;

const roleShape = v.object({
  person_roleid: text,
  org_code: text,
  role_code: v.optional(v.string(), ''),
  role_name: v.optional(v.string(), ''),
  activity_codes: v.optional(v.array(v.string()), []),
});
const userInfoShape = v.object({
  sub: text,
  uid: v.optional(v.string()),
  nhsid_useruid: v.optional(v.string()),
  name: v.optional(v.string(), ''),
  nhsid_nrbac_roles: v.optional(v.array(v.unknown()), []),
  nhsid_user_orgs: v.optional(v.array(v.object({ org_code: v.string(), org_name: v.optional(v.string(), '') })), []),
});

/** Why a sign-in does not start a session. */
export type Refusal = 'ASSURANCE_TOO_LOW' | 'CLAIMS_UNREADABLE' | 'ROLE_UNKNOWN' | 'ROLE_MAY_NOT_VIEW';

export class SignInRefused extends Error {
  readonly code: Refusal;
  /** The role that may not use CP-IS, so that its holder can be told. */
  readonly role: Role | undefined;

  constructor(code: Refusal, role?: Role) {
    super(code);
    this.code = code;
    this.role = role;
  }
}

const parsed = <T extends v.GenericSchema>(shape: T, value: unknown): v.InferOutput<T> => {
  const result = v.safeParse(shape, value);
  if (!result.success) throw new SignInRefused('CLAIMS_UNREADABLE');
  return result.output;
};

/** Throws SignInRefused when the sign-in was weaker than the register requires. */
export function idTokenClaimsOf(claims: unknown, { acr, minAal, minIal }: Policy): IdTokenClaims {
  const idToken = parsed(idTokenShape, claims);
  const strong =
    acr.includes(idToken.acr) &&
    idToken.authentication_assurance_level >= minAal &&
    idToken.id_assurance_level >= minIal;
  if (!strong) throw new SignInRefused('ASSURANCE_TOO_LOW');
  return idToken;
}

export interface Identity {
  readonly uid: string;
  readonly name: string;
  readonly role: Role;
  readonly roles: readonly Role[];
  readonly may: May;
}

/** Who signed in, in which role, and what the role may do. Throws SignInRefused. */
export function identityOf(idToken: IdTokenClaims, userInfo: unknown, policy: Policy): Identity {
  const user = parsed(userInfoShape, userInfo);
  const names = new Map(user.nhsid_user_orgs.map(({ org_code, org_name }) => [org_code, org_name]));
  // An unreadable role is not the selected one, and must not cost its holder the others.
  const roles = user.nhsid_nrbac_roles.flatMap((each): Role[] => {
    const result = v.safeParse(roleShape, each);
    if (!result.success) return [];
    const { person_roleid: id, org_code: ods, role_code: code, role_name: name, activity_codes } = result.output;
    const activities = expanded(code, activity_codes, policy.hierarchy);
    return [{ id, code, name, organisation: { ods, name: names.get(ods) ?? ods }, activities }];
  });
  const selected = roles.filter(({ id }) => id === idToken.selected_roleid);
  const role = selected[0];
  if (role === undefined || selected.length > 1) throw new SignInRefused('ROLE_UNKNOWN');
  const may = mayOf(role, policy);
  if (!may.view) throw new SignInRefused('ROLE_MAY_NOT_VIEW', role);
  return { uid: user.nhsid_useruid ?? user.uid ?? user.sub, name: user.name, role, roles, may };
}

const mayOf = ({ activities }: Role, { viewAndAlert, view }: Policy): May => {
  const alert = activities.some((code) => viewAndAlert.includes(code));
  return { alert, view: alert || activities.some((code) => view.includes(code)) };
};

/** What a role may do: its explicit activities, those its code brings, and all that these include. */
function expanded(code: string, explicit: readonly string[], { roles, activities }: Hierarchy): readonly string[] {
  // A code is "S8000:G8000:R8001". A table may name all of it, or only the job role at its end.
  const baseline = [code, code.split(':').at(-1) ?? ''].flatMap((name) => own(roles, name));
  const all = new Set<string>();
  const open = [...explicit, ...baseline];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (all.has(next)) continue;
    all.add(next);
    open.push(...own(activities, next));
  }
  return [...all].sort();
}

const own = (table: Readonly<Record<string, readonly string[]>>, name: string): readonly string[] =>
  Object.hasOwn(table, name) ? table[name]! : [];
