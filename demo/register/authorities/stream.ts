import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

import type { RegisterParts } from '../parts.js';
import { Problem } from '../problem.js';
import { createLook } from './looks.js';

const PAGE = 200;
const KEEP_ALIVE_EVERY = 15_000;
/** For one authority, in one process. More than an authority has desks. */
export const MOST_STREAMS = 50;

/** Begins one stream. @throws Problem 429 when the authority already has the most streams allowed */
export type Stream = (context: Context, code: string, after: number | undefined) => Response;

/**
 * An authority's notifications as server-sent events, for as long as the reader stays. A stream in which nothing
 * happens makes no database queries.
 */
export const createStreams = (parts: RegisterParts): Stream => {
  const look = createLook(parts);
  const open = new Map<string, Set<() => void>>();

  /** @param after the last number the reader has dealt with; undefined begins with those not acknowledged */
  return (context, code, after) => {
    const streams = open.get(code) ?? new Set();
    open.set(code, streams);
    if (streams.size >= MOST_STREAMS) {
      throw new Problem(429, `An authority has at most ${MOST_STREAMS} streams. Close one.`);
    }
    return streamSSE(context, async (stream) => {
      const doorbell = createDoorbell();
      const stopListening = parts.bell.onRing(code, doorbell.ring);
      const leave = () => {
        stopListening();
        streams.delete(leave);
        doorbell.ring();
      };
      streams.add(leave);
      stream.onAbort(leave);
      try {
        let sent = after ?? 0;
        await stream.write(': connected\n\n');
        while (!stream.aborted && !stream.closed) {
          const frames = await look(code, { after: sent, unacknowledged: after === undefined, limit: PAGE });
          await stream.write(frames.map(({ text }) => text).join(''));
          sent = frames.at(-1)?.id ?? sent;
          while (frames.length < PAGE && !(await doorbell.heard(KEEP_ALIVE_EVERY))) {
            await stream.write(': still here\n\n');
          }
        }
      } catch {
        // The error was already logged where it happened, by its kind. The reader is cut off, reconnects and goes on
        // from where it was.
      } finally {
        leave();
      }
    });
  };
};

/** Waits for a ring, but not for ever. A ring during the stream's work counts too. */
const createDoorbell = () => {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    /** @returns whether it rang */
    heard: async (within: number): Promise<boolean> => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, within);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wake = undefined;
      const heard = rung;
      rung = false;
      return heard;
    },
  };
};
