/**
 * Keeps the inbox filled: first with what is already there, then from the stream, and again after every lost
 * connection.
 */
import type { Notification } from '../shared/register-api.js';
import { Refused, type Client } from './client.js';
import { readEvents } from './event-stream.js';

/** `refused`: the register said no, and would say so again. */
export type Connection = 'connecting' | 'connected' | 'lost' | 'refused';

export interface Feed {
  onNotifications: (arrived: readonly Notification[]) => void;
  onConnection: (state: Connection) => void;
}

export interface Following {
  tryNow: () => void;
  stop: () => void;
}

/** The register sends a comment every 15 seconds, so a connection that is silent for more than two of them is dead. */
const SILENCE = 35_000;
const WAITS = [500, 1_000, 2_000, 5_000, 10_000];

export const follow = (client: Client, feed: Feed): Following => {
  const line = new Line(client, feed);
  addEventListener('online', line.tryNow);
  void line.run();
  return {
    tryNow: line.tryNow,
    stop: () => {
      removeEventListener('online', line.tryNow);
      line.stop();
    },
  };
};

class Line {
  readonly #client: Client;
  readonly #feed: Feed;
  readonly #whole = new AbortController();
  #wake: () => void = () => undefined;
  /**
   * The last number dealt with. The next connection sends it as `Last-Event-ID`, so that nothing is missed or shown
   * twice.
   */
  #last = 0;
  #failures = 0;

  constructor(client: Client, feed: Feed) {
    this.#client = client;
    this.#feed = feed;
  }

  tryNow = (): void => this.#wake();

  stop(): void {
    this.#whole.abort();
    this.#wake();
  }

  async run(): Promise<void> {
    this.#feed.onConnection('connecting');
    for (;;) {
      try {
        if (this.#last === 0) await this.#catchUp();
        await this.#listen();
      } catch (error) {
        if (error instanceof Refused && (error.status === 401 || error.status === 403)) {
          this.#feed.onConnection('refused');
          return;
        }
      }
      if (this.#isStopped()) return;
      this.#feed.onConnection('lost');
      await this.#wait();
      if (this.#isStopped()) return;
    }
  }

  #isStopped(): boolean {
    return this.#whole.signal.aborted;
  }

  async #catchUp(): Promise<void> {
    for (;;) {
      const { notifications, next } = await this.#client.notifications(this.#last);
      if (this.#isStopped() || notifications.length === 0) return;
      this.#last = next;
      this.#feed.onNotifications(notifications);
    }
  }

  async #listen(): Promise<void> {
    const line = new AbortController();
    const hangUp = (): void => line.abort();
    this.#whole.signal.addEventListener('abort', hangUp);
    let silence = setTimeout(hangUp, SILENCE);
    const heard = (): void => {
      clearTimeout(silence);
      silence = setTimeout(hangUp, SILENCE);
    };
    try {
      const body = await this.#client.stream(this.#last, line.signal);
      this.#failures = 0;
      this.#feed.onConnection('connected');
      await readEvents(body, (event) => this.#take(event), heard);
    } finally {
      clearTimeout(silence);
      this.#whole.signal.removeEventListener('abort', hangUp);
    }
  }

  #take({ event, data }: { readonly event: string; readonly data: string }): void {
    if (event !== 'notification' || this.#isStopped()) return;
    const notification = JSON.parse(data) as Notification;
    this.#last = Math.max(this.#last, notification.id);
    this.#feed.onNotifications([notification]);
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, WAITS[Math.min(this.#failures++, WAITS.length - 1)]);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
