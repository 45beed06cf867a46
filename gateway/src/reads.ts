import { type Asked, askedOf, partsOf, resourcesAt } from './asked.js';
import { Ending } from './ending.js';
import { Fault, faultReply, type Reply } from './faults.js';
import { guard } from './guard.js';
import type { Heads } from './heads.js';
import { createLimit, type Limit } from './limit.js';
import { type Access, type Options, type Settings, settingsOf } from './options.js';
import { type Answered, askRegister, type Place, placeOf } from './upstream.js';

/** A question as it arrived: a `Request`, or what Node has of one. */
export interface Question {
  readonly method: string;
  /** Absolute and normalised. */
  readonly url: string;
  readonly headers: Heads;
}

export interface Reads<Q extends Question> {
  /** Whether this path is for a read. */
  readonly isAt: (path: string) => boolean;
  /** Never rejects. Answers 200 only with the register's own 200. */
  readonly answer: (question: Q) => Promise<Reply>;
}

/** Throws when an option is wrong. */
export function createReads<A extends Access, Q extends Question>(options: Options<A, Q>): Reads<Q> {
  const settings = settingsOf(options);
  const { limitPerMinute: perMinute, limitReserve: reserve, now } = settings;
  const limit = settings.limit ?? createLimit({ perMinute, reserve, now });
  const resources = resourcesAt(settings.basePath, settings.registerApi);
  const register = placeOf(settings.registerUrl);
  const answer = async (question: Q): Promise<Reply> => {
    const began = now();
    const [path, search] = partsOf(question.url);
    const resource = resources.get(path);
    let asked: Asked | undefined;
    let access: A | undefined;
    let fault: Fault | undefined;
    let bytes = 0;
    let reply: Reply;
    try {
      if (resource === undefined) throw new Fault('NOT_FOUND');
      if (question.method !== 'GET') throw new Fault('METHOD_NOT_ALLOWED');
      guard(question.headers, settings.publicUrl);
      asked = askedOf(resource, search, question.headers);
      const found = await read({ settings, limit, register }, question, asked, (user) => (access = user));
      bytes = found.bytes.byteLength;
      reply = { status: 200, headers: found.headers, body: found.bytes };
    } catch (error) {
      fault = error instanceof Fault ? error : new Fault('REGISTER_FAULT');
      reply = faultReply(fault);
    }
    const written = settings.record?.(
      {
        route: resource ?? 'none',
        status: fault?.status ?? 200,
        ...(fault && { fault: fault.code }),
        ...(fault?.messageId !== undefined && { messageId: fault.messageId }),
        ms: Math.round(now() - began),
        bytes,
        ...(asked && { traceId: asked.traceId, requestId: asked.requestId, alerts: asked.alerts }),
      },
      access,
    );
    if (!(written instanceof Promise)) return reply;
    await written;
    // The session may have ended while the record was being written.
    return access?.ended?.aborted === true ? faultReply(new Fault('SIGNED_OUT')) : reply;
  };
  return { isAt: (path) => resources.has(path), answer };
}

/**
 * One read within the deadline. At most one renewal, and no other repeat. Throws a Fault or the connection's own error.
 */
async function read<A extends Access, Q>(
  { settings, limit, register }: { settings: Settings<A, Q>; limit: Limit; register: Place },
  question: Q,
  asked: Asked,
  found: (access: A) => void,
): Promise<Answered> {
  const ending = new Ending();
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      ending.end();
      reject(new Fault('NO_ANSWER_IN_TIME'));
    }, settings.deadlineMs);
  });
  const once = async (rejected?: string): Promise<Answered> => {
    const access = await accessOf(settings, question, rejected, ending);
    found(access);
    if (!access.may.view) throw new Fault('ROLE_MAY_NOT_VIEW');
    if (asked.alerts && !access.may.alert) throw new Fault('ROLE_MAY_NOT_ALERT');
    // The read goes on if the browser leaves: the request may already count as an access, even if nobody waits for its
    // answer.
    access.ended?.addEventListener('abort', ending.end);
    let answer: Answered;
    try {
      if (access.ended?.aborted === true) ending.end();
      await limit(asked.resource !== 'AuditEvent');
      // The deadline may have passed, or the session ended, while the token was renewed. Nothing may be sent then.
      if (ending.isOver) throw new Fault('SIGNED_OUT');
      answer = await askRegister(register, asked, access, ending);
    } catch (error) {
      if (isLate) throw new Fault('NO_ANSWER_IN_TIME');
      if (access.ended?.aborted === true) throw new Fault('SIGNED_OUT');
      if (!(error instanceof Fault && error.code === 'SIGNED_OUT')) throw error;
      if (rejected === undefined) return await once(access.accessToken);
      await access.refused?.();
      throw error;
    } finally {
      // A session's signal outlives many reads.
      access.ended?.removeEventListener('abort', ending.end);
    }
    if (access.still && !(await access.still())) throw new Fault('SIGNED_OUT');
    return answer;
  };
  try {
    return await Promise.race([once(), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function accessOf<A extends Access, Q>(
  { tokenFor }: Settings<A, Q>,
  question: Q,
  rejected: string | undefined,
  ending: Ending,
): Promise<A> {
  let access: A | undefined;
  try {
    access = await tokenFor(question, {
      ...(rejected !== undefined && { rejected }),
      get signal() {
        return ending.signal;
      },
    });
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('TOKEN_SERVICE_DOWN', { retryAfter: '1' });
  }
  if (access === undefined || access.accessToken === rejected) throw new Fault('SIGNED_OUT');
  return access;
}
