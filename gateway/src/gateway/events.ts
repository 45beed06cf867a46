import type { Sessions } from '../session/sessions.js';

/**
 * How often a stream checks that its session still exists. The check finds an end that was announced while the
 * connection to the store was lost.
 */
const lookEvery = 10_000;

const encoder = new TextEncoder();

/** The streams that pages hold open, so that they hear at once when their session has ended. */
export class SessionEvents {
  readonly #sessions: Sessions;
  readonly #open = new Set<() => void>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /** Server-sent events: `ended`, once, however the session ends. Without a session it is sent at once. */
  stream(id: string | undefined): Response {
    let stop = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        const say = (text: string): void => stream.enqueue(encoder.encode(text));
        const ending = id === undefined ? undefined : this.#sessions.endingOf(id);
        const ended = (): void => {
          say('event: ended\ndata: {}\n\n');
          close();
        };
        const look = async (): Promise<void> => {
          const opened = id === undefined ? undefined : await this.#sessions.open(id);
          if (!this.#open.has(close)) return;
          if (opened === undefined) ended();
          else say(': still\n\n');
        };
        // A store that does not answer has not said that the session has ended.
        const timer = setInterval(() => void look().catch(() => undefined), lookEvery);
        stop = (): void => {
          clearInterval(timer);
          ending?.removeEventListener('abort', ended);
          this.#open.delete(close);
        };
        const close = (): void => {
          stop();
          stream.close();
        };
        this.#open.add(close);
        say('retry: 1000\n\n');
        ending?.addEventListener('abort', ended, { once: true });
        void look().catch(() => undefined);
      },
      cancel: () => stop(),
    });
    return new Response(body, {
      headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' },
    });
  }

  /** Each page then reconnects, to another instance. */
  closeAll(): void {
    for (const close of [...this.#open]) close();
  }
}
