/** Keeps the inbox filled: what is there first, then what the stream brings, again after every lost connection. */
import type { Notification } from '../shared/register-api.js';
import { Refused, type Client } from './client.js';
import { readEvents } from './event-stream.js';

/** `refused`: the register said no and will say so again. */
export type Connection = 'connecting' | 'connected' | 'lost' | 'refused';

export interface Feed {
  onNotifications: (arrived: readonly Notification[]) => void;
  onConnection: (state: Connection) => void;
}

export interface Following {
  tryNow: () => void;
  stop: () => void;
}

/** The register sends a comment every 15 seconds; a line silent for longer than two of them is dead. */
const SILENCE = 35_000;
const WAITS = [500, 1_000, 2_000, 5_000, 10_000];

export const follow = (client: Client, { onNotifications, onConnection }: Feed): Following => {
  const whole = new AbortController();
  let wake: () => void = () => undefined;
  /** The last number dealt with: `Last-Event-ID` of the next connection, so that nothing is missed or shown twice. */
  let last = 0;
  let failures = 0;

  const catchUp = async (): Promise<void> => {
    for (;;) {
      const { notifications, next } = await client.notifications(last);
      if (whole.signal.aborted || notifications.length === 0) return;
      last = next;
      onNotifications(notifications);
    }
  };

  const listen = async (): Promise<void> => {
    const line = new AbortController();
    const hangUp = (): void => line.abort();
    whole.signal.addEventListener('abort', hangUp);
    let silence = setTimeout(hangUp, SILENCE);
    const heard = (): void => {
      clearTimeout(silence);
      silence = setTimeout(hangUp, SILENCE);
    };
    try {
      const body = await client.stream(last, line.signal);
      failures = 0;
      onConnection('connected');
      await readEvents(
        body,
        ({ event, data }) => {
          if (event !== 'notification' || whole.signal.aborted) return;
          const notification = JSON.parse(data) as Notification;
          last = Math.max(last, notification.id);
          onNotifications([notification]);
        },
        heard,
      );
    } finally {
      clearTimeout(silence);
      whole.signal.removeEventListener('abort', hangUp);
    }
  };

  const wait = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, WAITS[Math.min(failures++, WAITS.length - 1)]);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const stopped = (): boolean => whole.signal.aborted;

  const run = async (): Promise<void> => {
    onConnection('connecting');
    for (;;) {
      try {
        if (last === 0) await catchUp();
        await listen();
      } catch (error) {
        if (error instanceof Refused && (error.status === 401 || error.status === 403)) {
          onConnection('refused');
          return;
        }
      }
      if (stopped()) return;
      onConnection('lost');
      await wait();
      if (stopped()) return;
    }
  };

  const tryNow = (): void => wake();
  addEventListener('online', tryNow);
  void run();
  return {
    tryNow,
    stop: () => {
      removeEventListener('online', tryNow);
      whole.abort();
      wake();
    },
  };
};
