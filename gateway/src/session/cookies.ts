import { hash, randomBytes } from 'node:crypto';

import type { Heads } from '../heads.js';

export const sessionCookie = '__Host-cpis';
export const signInCookie = '__Host-cpis-signin';

/** The value of a cookie. One that is sent twice counts as none, because nobody can know which was meant. */
export function cookieOf(headers: Heads, name: string): string | undefined {
  const values = (headers.get('Cookie') ?? '')
    .split(/;\s*/)
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}

const attributes = 'Path=/; HttpOnly; Secure';

/** Strict: no other site's request carries it. */
export const sessionCookieOf = (secret: string): string => `${sessionCookie}=${secret}; ${attributes}; SameSite=Strict`;
/** Lax: CIS2's redirect must carry it. */
export const signInCookieOf = (sealed: string): string =>
  `${signInCookie}=${sealed}; ${attributes}; SameSite=Lax; Max-Age=600`;
export const forgotten = (name: string): string => `${name}=; ${attributes}; Max-Age=0`;

/** 32 random bytes: all that the browser holds of a session. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** The session is stored under this hash, so reading the store does not yield the cookie. */
export const idOf = (secret: string): string => hash('sha256', secret, 'base64url');

export const sessionIdOf = (headers: Heads): string | undefined => {
  const secret = cookieOf(headers, sessionCookie);
  return secret === undefined || !/^[\w-]{43}$/.test(secret) ? undefined : idOf(secret);
};
