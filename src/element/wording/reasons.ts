import type { Reason } from '../../domain/reason.js';

const notSetUp = 'Not set up on this screen. Tell IT.';

/** Why the status is not known, in one line. */
export const reasonLines: Readonly<Record<Reason, string>> = {
  'no-attendance': 'No current attendance. CP-IS is asked when there is one.',
  'nhs-number-missing': 'No NHS number. Trace it. Newborn? A plan may be on the mother’s record.',
  'nhs-number-invalid': 'NHS number not valid. Correct it.',
  'nhs-number-unverified': 'NHS number not confirmed. Trace it first.',
  'care-setting-missing': notSetUp,
  'care-setting-unknown': notSetUp,
  'attendance-missing': 'Record whether this visit is planned.',
  misconfigured: notSetUp,
  'signed-out': 'Sign in again, then Check again.',
  'access-denied': 'Your role cannot make this check. Ask a colleague who is caring for this patient.',
  refused: 'CP-IS refused the request. Tell IT.',
  busy: 'CP-IS is busy. Try in a minute.',
  'timed-out': 'CP-IS did not answer.',
  unreachable: 'No connection to CP-IS.',
  'register-error': 'CP-IS has a fault.',
  unreadable: 'The answer could not be read safely.',
  'wrong-patient': 'The answer was for another NHS number. Nothing shown. Report it now: IT and the safeguarding team.',
  'check-again': 'This page was left. Check again.',
};

/** Whether asking again may help: not where somebody must be told first, or the number or the set-up corrected. */
export const canCheckAgain = (reason: Reason): boolean => again.includes(reason);
const again: readonly Reason[] = [
  'signed-out',
  'refused',
  'busy',
  'timed-out',
  'unreachable',
  'register-error',
  'unreadable',
  'check-again',
];
