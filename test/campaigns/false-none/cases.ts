import { lineFaults, type FaultKind } from '../../support/node/line-faults.js';
import { oneOf, randomOfCase } from '../campaign.js';
import { headersFrom, plainHeaders, type AgeOf } from './headers.js';
import { mutated } from './mutations.js';
import { bodies, texts, type Payload } from './payloads.js';

/** How the end of a body is announced, and whether that is true. */
export type Framing = 'true length' | 'longer length' | 'chunks without an end' | 'until it closes';

/** One answer to one question, and how it arrives. */
export interface Case {
  readonly kind: 'code' | 'abort' | 'truncation' | 'mutation';
  readonly says: string;
  readonly api: 'cp-is' | 'patient-flags';
  /** The request that gets the answer. The other one is answered truly. */
  readonly asked: 'plans' | 'visits';
  readonly status: number;
  readonly body: Uint8Array;
  readonly headers: AgeOf;
  readonly framing: Framing;
  /** What happens to its connection. */
  readonly fault: FaultKind | 'hang' | undefined;
  /** Through the tag in a real browser, or else through the client alone. */
  readonly throughTheTag: boolean;
}

const plain = {
  api: 'cp-is',
  asked: 'plans',
  status: 200,
  headers: plainHeaders,
  framing: 'true length',
  fault: undefined,
  throughTheTag: true,
} as const;
const bytes = (text: string): Uint8Array => Buffer.from(text);

const codes = Array.from({ length: 400 }, (_, index) => 200 + index);
const atCode = ['', texts.none, texts.plans];
const aborts = [...(Object.keys(lineFaults) as FaultKind[]), 'hang'] as const;
const atAbort = ['none', 'plans', 'visits'] as const;
const framings: readonly Framing[] = ['true length', 'longer length', 'chunks without an end', 'until it closes'];
/** Three payloads, with that of the visits as the answer about the plans, too. */
const truncated = (['none', 'plans', 'visits', 'visits'] as const).flatMap((payload, which) =>
  Array.from({ length: bytes(texts[payload]).length + 1 }, (_, length) => ({
    payload,
    length,
    asked: which === 2 ? ('visits' as const) : ('plans' as const),
  })),
);
const mutations = 250_000;
/** One in this many of the cheap cases goes through the tag as well. */
const sampled = { truncation: 16, mutation: 64 };

export const caseCount = codes.length * atCode.length + aborts.length * atAbort.length + truncated.length + mutations;
/** A prime above every count of cases. Steps of this size visit each case once, with the kinds well mixed. */
const step = 7_368_787;

/** With `allThroughTheTag` every case goes through the tag, not only a sample. */
export function caseOf(seed: number, index: number, allThroughTheTag = false): Case {
  let at = (index * step + seed) % caseCount;
  if (at < codes.length * atCode.length) return code(at);
  at -= codes.length * atCode.length;
  if (at < aborts.length * atAbort.length) return abort(at);
  at -= aborts.length * atAbort.length;
  return at < truncated.length
    ? truncation(at, allThroughTheTag ? 1 : sampled.truncation)
    : mutation(seed, at - truncated.length, allThroughTheTag ? 1 : sampled.mutation);
}

function code(at: number): Case {
  const status = codes[at % codes.length] ?? 0;
  const which = Math.floor(at / codes.length);
  const says = `${status} with ${['no body', 'a true none', 'a record'][which] ?? ''}`;
  return { ...plain, kind: 'code', says, status, body: bytes(atCode[which] ?? '') };
}

function abort(at: number): Case {
  const fault = aborts[at % aborts.length];
  const payload = atAbort[Math.floor(at / aborts.length)] ?? 'none';
  const asked = payload === 'visits' ? 'visits' : 'plans';
  return { ...plain, kind: 'abort', says: `${fault ?? ''} of ${payload}`, asked, body: bytes(texts[payload]), fault };
}

function truncation(at: number, oneIn: number): Case {
  const { payload, length, asked } = truncated[at] ?? { payload: 'none', length: 0, asked: 'plans' };
  const throughTheTag = at % oneIn === 0;
  // The client alone is given texts. How their end is announced only matters between browser and server.
  const framing = throughTheTag ? (framings[(at / oneIn) % framings.length] ?? 'true length') : 'true length';
  const body = bytes(texts[payload]).subarray(0, length);
  const says = `${length} bytes of ${payload} as ${asked}, ${framing}`;
  return { ...plain, kind: 'truncation', says, asked, body, framing, throughTheTag };
}

const whole = Object.keys(bodies) as Payload[];

function mutation(seed: number, at: number, oneIn: number): Case {
  const random = randomOfCase(seed, at);
  // Half of them begin as a true none, because they come closest to a false one.
  const payload =
    random() < 0.5 ? oneOf(random, ['none', 'none', 'no flags', 'no visits'] as const) : oneOf(random, whole);
  const api = payload.endsWith('flags') ? 'patient-flags' : 'cp-is';
  const asked = payload.endsWith('visits') && random() < 0.7 ? 'visits' : 'plans';
  const body = mutated(bodies[payload], random);
  const says = `mutation ${at} of ${payload} as ${asked}`;
  const throughTheTag = at % oneIn === 0;
  const given = headersFrom(random);
  // The visits come after the plans, from the same register. In the browser nobody has asked for the plans before.
  const headers = { ...given, hasAnswered: asked === 'visits' || (given.hasAnswered && !throughTheTag) };
  return { ...plain, kind: 'mutation', says, api, asked, body, headers, throughTheTag };
}
