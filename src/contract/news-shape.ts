import { replyReasons } from '../domain/reason.js';
import type { News, RegisterNews } from './register-service.js';
import { any, flag, holding, listOf, number, oneOf, optional, text } from './shape.js';

const plans = listOf(holding({ kind: text }));
const answered = { nhsNumber: text, checkedAt: number, clock: optional(number) };
const isReason = (value: unknown): boolean => (replyReasons as readonly unknown[]).includes(value);

const registerNews = {
  reply: holding({
    reply: oneOf('kind', {
      held: holding({ ...answered, plans, incomplete: flag }),
      none: holding(answered),
      failed: holding({ nhsNumber: text, reason: isReason, mayHaveLeft: flag }),
    }),
  }),
  visits: holding({
    visits: oneOf('kind', {
      shown: holding({ accesses: listOf(holding({ at: number })), respondedAt: number, incomplete: flag }),
      failed: any,
    }),
  }),
};

/** Whether a value is the register's news, as another tab sends it. */
export const isRegisterNews = oneOf('kind', registerNews) as (value: unknown) => value is RegisterNews;

/** Whether a value is news for the page. Anything else is not shown, and no part of it is used. */
export const isNews = oneOf('kind', {
  ...registerNews,
  trace: holding({ traceId: text, openedAt: number, adoptedBy: optional(text) }),
  'last-known': holding({ lastKnown: holding({ nhsNumber: text, plans, incomplete: flag, checkedAt: number }) }),
}) as (value: unknown) => value is News;
