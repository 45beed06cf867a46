import { idOf, own } from './guards.js';
import { nextMessageId, type MessageOptions } from './messages.js';
import { Told } from './told.js';

/** Milliseconds between two tries. */
const pause = 1000;
/** Tries in all: hosts that wait for a handshake give up after as many. */
const tries = 30;

/** Shakes hands first, for hosts that say nothing until then: every second until they answer, at most 30 times. */
export class Handshake {
  readonly #send: (message: object) => void;
  readonly #messagingHandle: string;
  readonly #sent = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (message: object) => void, { messagingHandle }: MessageOptions) {
    this.#send = send;
    this.#messagingHandle = messagingHandle;
    this.#try();
  }

  /** The host is there once it answers, or says anything of its own under this page's handle. */
  hear(message: unknown): void {
    const isAnswer = this.#sent.has(idOf(own(message, 'responseToMessageId')));
    if (isAnswer || own(message, 'messagingHandle') === this.#messagingHandle) this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #try = (): void => {
    if (this.#sent.size === tries) {
      new Told().warn(`the host has answered no handshake in ${(tries * pause) / 1000} s`);
      return;
    }
    const messageId = nextMessageId();
    this.#sent.add(messageId);
    this.#timer = setTimeout(this.#try, pause);
    this.#send({ messagingHandle: this.#messagingHandle, messageId, messageType: 'status.handshake', payload: {} });
  };
}
