/** Why a patient's status is not known, in order of precedence (public contract, `reason`). */
export const hostReasons = [
  'no-attendance',
  'nhs-number-missing',
  'nhs-number-invalid',
  'nhs-number-unverified',
  'care-setting-missing',
  'care-setting-unknown',
  'attendance-missing',
  'misconfigured',
] as const;

export const replyReasons = [
  'signed-out',
  'access-denied',
  'refused',
  'busy',
  'timed-out',
  'unreachable',
  'register-error',
  'unreadable',
  'wrong-patient',
] as const;

/** No question can be asked with what the host has said. */
export type HostReason = (typeof hostReasons)[number];
/** The question was asked, or should have been, and the reply is not an answer. */
export type ReplyReason = (typeof replyReasons)[number];
export type Reason = HostReason | ReplyReason | 'check-again';
