import { parseJson } from './guards.js';
import { Handshake } from './handshake.js';
import { answer, checkHandle, type MessageOptions } from './messages.js';
import { Follower, type ContextTag } from './tag.js';

/** What WebView2 puts at `window.chrome.webview`. */
export interface WebView2 {
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  postMessage(message: unknown): void;
}

export interface WebView2Options extends MessageOptions {
  /** Shake hands first, where the program says nothing until then. */
  readonly handshake?: boolean;
}

/**
 * Follows the patient that a Windows EPR names by posting the messages of `followPostMessage` to this WebView2, as JSON
 * or as a string. Only the program that holds the WebView2 can do so. Returns a function that stops it.
 */
export function followWebView2(tag: ContextTag, options: WebView2Options): () => void {
  const webview = (globalThis as { chrome?: { webview?: WebView2 } }).chrome?.webview;
  if (webview === undefined) throw new Error('this page is not in a WebView2');
  checkHandle(options);
  const follower = new Follower(tag);
  let handshake: Handshake | undefined;
  const hear = ({ data }: MessageEvent<unknown>): void => {
    const message = typeof data === 'string' ? parseJson(data) : data;
    handshake?.hear(message);
    const reply = answer(message, follower, options);
    if (reply !== undefined) webview.postMessage(reply);
  };
  webview.addEventListener('message', hear);
  if (options.handshake === true)
    handshake = new Handshake((message) => {
      webview.postMessage(message);
    }, options);
  return () => {
    webview.removeEventListener('message', hear);
    handshake?.stop();
    follower.stop();
  };
}
