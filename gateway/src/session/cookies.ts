import { hash, randomBytes } from 'node:crypto';

import type { Heads } from '../heads.js';

export const sessionCookie = '__Host-cpis';
export const signInCookie = '__Host-cpis-signin';

/** The value of a cookie. One that is there twice is nobody's: which of them was meant cannot be known. */
export function cookieOf(headers: Heads, name: string): string | undefined {
  const values = (headers.get('Cookie') ?? '')
    .split(/;\s*/)
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}

const attributes = 'Path=/; HttpOnly; Secure';

/** Strict: no other site's request bears it. */
export const sessionCookieOf = (secret: string): string => `${sessionCookie}=${secret}; ${attributes}; SameSite=Strict`;
/** Lax: CIS2's redirect must bear it. */
export const signInCookieOf = (sealed: string): string =>
  `${signInCookie}=${sealed}; ${attributes}; SameSite=Lax; Max-Age=600`;
export const forgotten = (name: string): string => `${name}=; ${attributes}; Max-Age=0`;

/** 32 random bytes: all that the browser has of a session. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Under this the session is stored: who reads the store cannot make the cookie. */
export const idOf = (secret: string): string => hash('sha256', secret, 'base64url');

export const sessionIdOf = (headers: Heads): string | undefined => {
  const secret = cookieOf(headers, sessionCookie);
  return secret === undefined || !/^[\w-]{43}$/.test(secret) ? undefined : idOf(secret);
};
