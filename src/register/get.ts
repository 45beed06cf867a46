import type { TokenSource } from '../contract/register-service.js';
import { bearerToken } from './bearer-token.js';
import { send, type HttpOutcome, type Request } from './request.js';
import { sleep, waitBeforeRetry } from './retry.js';

/**
 * GETs for one check, with at most one retry in all, under the same TraceID: after a dead connection, 408, 429 or 503,
 * or after a 401 when the host can give another token. `endsAt` is the check's deadline on the performance clock.
 */
export function getter(
  request: Omit<Request, 'url'>,
  source: TokenSource | undefined,
  endsAt: number,
  retried = false,
): (url: string) => Promise<HttpOutcome> {
  const { signal } = request;
  let { token } = request;

  const isWorthAnother = async (outcome: HttpOutcome): Promise<boolean> => {
    if (outcome.kind === 'ok' || outcome.again === undefined || signal.aborted) return false;
    if (outcome.again === 'with-another-token') {
      if (source === undefined) return false;
      const next = await bearerToken(source, signal);
      if ('reason' in next || next.token === token) return false;
      token = next.token;
      return true;
    }
    const wait = waitBeforeRetry(outcome.again.after, endsAt - performance.now(), Math.random());
    if (wait === undefined) return false;
    await sleep(wait, signal);
    return !signal.aborted;
  };

  /** Sends nothing after the deadline, whose timer is late in a frozen tab or after the computer slept. */
  const sendInTime = (url: string): Promise<HttpOutcome> =>
    performance.now() < endsAt
      ? send({ ...request, token, url })
      : Promise.resolve({ kind: 'failed', reason: 'timed-out' });

  return async (url) => {
    const first = await sendInTime(url);
    if (retried || !(await isWorthAnother(first))) return first;
    retried = true;
    return sendInTime(url);
  };
}
