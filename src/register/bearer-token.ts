import type { TokenSource } from '../contract/register-service.js';
import type { ReplyReason } from '../domain/reason.js';

/** The characters that a header can carry: visible ASCII (RFC 6750). */
const sendable = /^[\x21-\x7e]+$/;

/** A host that cannot give a token has no signed-in user; one that never answers is cut off by the deadline. */
export async function bearerToken(
  source: TokenSource | undefined,
  signal: AbortSignal,
): Promise<{ token: string | undefined } | { reason: ReplyReason }> {
  if (source === undefined) return { token: undefined };
  const cutOff = new Promise<{ reason: ReplyReason }>((resolve) => {
    const late = (): void => {
      resolve({ reason: 'timed-out' });
    };
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
  });
  const asked = (async () => {
    try {
      const token: unknown = await source();
      return typeof token === 'string' && sendable.test(token) ? { token } : { reason: 'signed-out' as const };
    } catch {
      return { reason: 'signed-out' as const };
    }
  })();
  return Promise.race([asked, cutOff]);
}
