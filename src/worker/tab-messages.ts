import { isRegisterNews } from '../contract/news-shape.js';
import type { RegisterNews } from '../contract/register-service.js';
import { flag, holding, listOf, number, oneOf, optional, text } from '../contract/shape.js';
import type { Instant } from '../domain/calendar.js';

/** The TraceID of an open, and when the open was made. */
export interface Trace {
  readonly traceId: string;
  readonly openedAt: Instant;
  /** With an encounter it lasts as long as the page; without one, at most `fresh-for`. */
  readonly hasEncounter: boolean;
}

/** What one tab knows of an open. */
export interface Known {
  readonly trace: Trace;
  /** Which request `told` came from, or is coming from. */
  readonly askingId: string;
  readonly told: readonly RegisterNews[];
  readonly underWay: boolean;
  /** When a complete, faultless answer had arrived. */
  readonly answeredAt: Instant | undefined;
}

/** What tabs say to each other; each open is identified by its name (open-name.ts). */
export type Message =
  | { readonly say: 'join'; readonly name: string }
  | { readonly say: 'known'; readonly name: string; readonly known: Known }
  | { readonly say: 'lead'; readonly name: string; readonly trace: Trace; readonly call: string }
  /** The tab that has the turn is still there. */
  | { readonly say: 'beat'; readonly name: string }
  | { readonly say: 'heard'; readonly call: string; readonly known: Known | undefined };

const trace = holding({ traceId: text, openedAt: number, hasEncounter: flag });
const known = holding({
  trace,
  askingId: text,
  told: listOf(isRegisterNews),
  underWay: flag,
  answeredAt: optional(number),
});

/** Checks messages, since any script of the origin can post on the channel. */
export const isMessage = oneOf('say', {
  join: holding({ name: text }),
  known: holding({ name: text, known }),
  lead: holding({ name: text, trace, call: text }),
  beat: holding({ name: text }),
  heard: holding({ call: text, known: optional(known) }),
}) as (value: unknown) => value is Message;
