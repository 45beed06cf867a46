import { parseUrl } from './guards.js';
import { Handshake } from './handshake.js';
import { answer, checkHandle, type MessageOptions } from './messages.js';
import { Follower, type ContextTag } from './tag.js';

export interface PostMessageOptions extends MessageOptions {
  /** The origins that may say who is open, such as `https://epr.example`. Exact: no wildcard, no path. */
  readonly origins: readonly string[];
  /**
   * The window to shake hands with first, `parent` or `opener`, where the EPR says nothing until then. Each of
   * `origins` is tried.
   */
  readonly handshakeWith?: Pick<Window, 'postMessage'>;
}

/**
 * Follows the patient that an EPR names by `window.postMessage` in SMART Web Messaging's envelope (`status.handshake`,
 * `sdc.configure`, `sdc.configureContext`, the context of `sdc.displayQuestionnaire`). Messages from other origins get
 * no answer. Returns a function that stops it.
 */
export function followPostMessage(tag: ContextTag, options: PostMessageOptions): () => void {
  const origins = new Set(options.origins);
  if (origins.size === 0 || ![...origins].every(isOrigin))
    throw new Error('origins must be exact, such as https://epr.example');
  checkHandle(options);
  const follower = new Follower(tag);
  let handshake: Handshake | undefined;
  const hear = ({ origin, source, data }: MessageEvent<unknown>): void => {
    if (!origins.has(origin)) return;
    handshake?.hear(data);
    const reply = answer(data, follower, options);
    if (reply !== undefined) source?.postMessage(reply, { targetOrigin: origin });
  };
  addEventListener('message', hear);
  const { handshakeWith } = options;
  if (handshakeWith !== undefined)
    handshake = new Handshake((message) => {
      for (const targetOrigin of origins) handshakeWith.postMessage(message, { targetOrigin });
    }, options);
  return () => {
    removeEventListener('message', hear);
    handshake?.stop();
    follower.stop();
  };
}

/** A star is no wildcard here, and WebKit takes it for a letter. */
const isOrigin = (text: string): boolean => !text.includes('*') && parseUrl(text)?.origin === text;
