import { accessDenied, invalidSearch, notSignedIn, preconditionFailed } from './refusal.js';
import { isNhsNumber, nhsNumberSystem } from './nhs-number.js';
import { mayRead, userOf, type User } from './users.js';

/** A request that passed every check. */
export interface Read {
  user: User;
  nhsNumber: string;
  traceId: string;
  unscheduled: boolean;
}

/**
 * Checks a request in the order a gateway would: who asks (401), whether they may (403), how they ask and whom they ask
 * about (400). Someone who may not look learns nothing about the rest of their request, and nothing is recorded.
 * @throws Refusal
 */
export const checkRead = (request: Request): Read => {
  // An omitted header means unscheduled (CP-IS consumer guide), so a role that may not alert cannot get past by leaving
  // it out.
  const stated = request.headers.get('IsUnscheduledAccessEvent') ?? 'true';
  const unscheduled = stated === 'true';
  const user = checkCaller(request, unscheduled);

  if (stated !== 'true' && stated !== 'false') {
    throw preconditionFailed('IsUnscheduledAccessEvent is true or false');
  }
  const traceId = request.headers.get('TraceID') ?? '';
  if (!isTraceId(traceId)) throw preconditionFailed('TraceID is a UUID');

  return { user, nhsNumber: searchedNumber(request.url), traceId, unscheduled };
};

export const isTraceId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);

/** @throws Refusal unless the request is from a user who may make such a read */
export const checkCaller = (request: Request, unscheduled: boolean): User => {
  const user = userOf(request.headers.get('authorization') ?? undefined);
  if (!user) throw notSignedIn();
  if (!mayRead(user, unscheduled)) throw accessDenied();
  return user;
};

const searchedNumber = (url: string): string => {
  const [identifier, ...more] = new URL(url).searchParams.getAll('patient:identifier');
  if (identifier === undefined || more.length > 0) throw invalidSearch('patient:identifier is required, once');
  const prefix = `${nhsNumberSystem}|`;
  if (!identifier.startsWith(prefix)) throw invalidSearch('patient:identifier is not of the NHS number system');
  const nhsNumber = identifier.slice(prefix.length);
  if (!isNhsNumber(nhsNumber)) throw invalidSearch('The NHS number is not valid');
  return nhsNumber;
};
