import * as v from 'valibot';

/** The sealed part of a session. Times are in milliseconds since 1970. */
const role = v.object({
  id: v.string(),
  code: v.string(),
  name: v.string(),
  organisation: v.object({ ods: v.string(), name: v.string() }),
  activities: v.array(v.string()),
});
export const sessionShape = v.object({
  /** An opaque name for the user in this role, for `banner.user`. */
  user: v.string(),
  uid: v.string(),
  name: v.string(),
  role,
  roles: v.array(role),
  may: v.object({ view: v.boolean(), alert: v.boolean() }),
  idToken: v.string(),
  idTokenUntil: v.number(),
  /** 32 bytes in base64url, for the tag's `storageKey`. */
  storageKey: v.string(),
  tokens: v.object({
    accessToken: v.string(),
    accessUntil: v.number(),
    refreshToken: v.optional(v.string()),
  }),
});
export type Session = v.InferOutput<typeof sessionShape>;
