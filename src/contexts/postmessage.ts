import { parseUrl } from './guards.js';
import { answer, checkHandle, type MessageOptions } from './messages.js';
import { Follower, type ContextTag } from './tag.js';

export interface PostMessageOptions extends MessageOptions {
  /** The origins that may say who is open, such as `https://epr.example`. Exact: no wildcard, no path. */
  readonly origins: readonly string[];
}

/**
 * Follows the patient that an EPR names by `window.postMessage` in SMART Web Messaging's envelope (`status.handshake`,
 * `sdc.configureContext`). Messages of other origins are not answered. Returns what stops it.
 */
export function followPostMessage(tag: ContextTag, options: PostMessageOptions): () => void {
  const origins = new Set(options.origins);
  if (origins.size === 0 || ![...origins].every(isOrigin))
    throw new Error('origins must be exact, such as https://epr.example');
  checkHandle(options);
  const follower = new Follower(tag);
  const hear = ({ origin, source, data }: MessageEvent<unknown>): void => {
    if (!origins.has(origin)) return;
    const reply = answer(data, follower, options);
    if (reply !== undefined) source?.postMessage(reply, { targetOrigin: origin });
  };
  addEventListener('message', hear);
  return () => {
    removeEventListener('message', hear);
    follower.stop();
  };
}

/** A star stands for nothing here, and WebKit takes it for a letter. */
const isOrigin = (text: string): boolean => !text.includes('*') && parseUrl(text)?.origin === text;
