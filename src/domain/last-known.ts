import { answerOf, type Answer, type LastKnown, type NotCheckedAnswer, type Reply } from './answer.js';
import type { Instant } from './calendar.js';
import type { Today } from './clocks.js';
import { isFresh } from './freshness.js';
import type { Reason } from './reason.js';

/** How long a last known answer may be shown, in seconds. */
export const lastKnownFor = 12 * 3600;

/** The register could not be asked or could not answer; for any other reason an older answer would mislead. */
const shownUnder: readonly Reason[] = ['unreachable', 'timed-out', 'busy', 'register-error', 'unreadable'];

/** Whether the last known answer may be shown under this one. */
export const wantsLastKnown = (answer: Answer): answer is NotCheckedAnswer =>
  answer.status === 'not-checked' && shownUnder.includes(answer.reason);

/** What to keep of a reply: a record; `nothing-held` means that anything kept before is out of date. */
export function toKeep(reply: Reply, today: Today): LastKnown | 'nothing-held' | undefined {
  const answer = answerOf(reply, today);
  if (answer.status === 'none') return 'nothing-held';
  if (answer.status === 'not-checked') return undefined;
  const { nhsNumber, plans, incomplete, checkedAt, clock } = answer;
  return { nhsNumber, plans, incomplete, checkedAt, ...(clock !== undefined && { clock }) };
}

/** Whether a kept answer may still be shown; one dated in the future (the clock was put back) may not. */
export const isStillKnown = (keptAt: Instant, now: Instant): boolean => isFresh(keptAt, lastKnownFor, now);

/** The name of the one database that the tag may keep in a browser. */
export const storeName = 'cp-is-banner';
