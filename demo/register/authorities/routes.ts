import { Hono } from 'hono';
import * as v from 'valibot';

import { audit, type Audited } from '../audit.js';
import { jsonBody, mediaTypeOf } from '../json-body.js';
import { boundedUpload } from '../limits.js';
import type { RegisterParts } from '../parts.js';
import { Problem } from '../problem.js';
import { acknowledgementNote, birthRecord, workerAllocation } from '../shapes.js';
import { dismissToCorrect, listToCorrect } from '../uploads/to-correct.js';
import { takeUpload } from '../uploads/upload.js';
import { recordBirth } from './births.js';
import { allocateWorker, listChildren, readChild } from './children.js';
import { acknowledge, listNotifications } from './notifications.js';
import { checkAuthority } from './sign-in.js';
import { createStreams } from './stream.js';

/** What local authorities can ask. Every address below a code belongs to that authority alone. */
export const authorityRoutes = (parts: RegisterParts): Hono => {
  const { database } = parts;
  const routes = new Hono();

  routes.get('/', async (context) =>
    context.json(await database.query('select code, name from local_authority order by name')),
  );

  routes.use('/:code/*', async ({ req }, next) => {
    await checkAuthority(database, req.header('authorization'), req.param('code'));
    await next();
  });

  return routes.route('/', uploadRoutes(parts)).route('/', childRoutes(parts)).route('/', notificationRoutes(parts));
};

const noting =
  ({ database, now }: RegisterParts) =>
  (code: string, action: Audited['action'], rest: Partial<Audited> = {}) =>
    audit(database, { at: now(), actor: code, action, ...rest });

/** Uploading files of records, and listing the records that could not be taken. */
const uploadRoutes = (parts: RegisterParts): Hono => {
  const { database } = parts;
  const routes = new Hono();
  const note = noting(parts);

  routes.post('/:code/uploads', boundedUpload, async (context) => {
    const mediaType = { 'application/json': 'json', 'text/csv': 'csv' }[mediaTypeOf(context.req.raw)];
    const encoding = context.req.header('content-encoding') ?? 'identity';
    if ((mediaType !== 'json' && mediaType !== 'csv') || encoding !== 'identity') {
      throw new Problem(415, 'Send application/json or text/csv, not compressed.');
    }
    const bytes = await context.req.arrayBuffer();
    const { status, ...result } = await takeUpload(parts, context.req.param('code'), mediaType, bytes);
    if (status === 503) context.header('Retry-After', '60');
    return context.json(result, status);
  });

  routes.get('/:code/to-correct', async (context) => {
    const code = context.req.param('code');
    await note(code, 'to-correct');
    return context.json(await listToCorrect(database, code));
  });

  routes.delete('/:code/to-correct/:id', async (context) => {
    const code = context.req.param('code');
    const done = await dismissToCorrect(database, code, uuid(context.req.param('id')));
    if (!done) throw new Problem(404, 'Nothing on the list has this id.');
    await note(code, 'to-correct-dismissed');
    return context.body(null, 204);
  });

  return routes;
};

/** The children that an authority holds, and what it says about each. */
const childRoutes = (parts: RegisterParts): Hono => {
  const { database, now } = parts;
  const routes = new Hono();
  const note = noting(parts);

  routes.get('/:code/children', async (context) => {
    const code = context.req.param('code');
    const children = await listChildren(parts, code);
    await note(code, 'children', { detail: { children: children.length } });
    return context.json(children);
  });

  routes.get('/:code/children/:id', async (context) => {
    const code = context.req.param('code');
    const child = await readChild(parts, code, uuid(context.req.param('id')));
    await note(code, 'child', { nhsNumber: child.nhsNumber });
    return context.json(child);
  });

  routes.put('/:code/children/:id/allocated-worker', async (context) => {
    const code = context.req.param('code');
    const { allocatedWorker } = await jsonBody(context.req.raw, workerAllocation);
    await database.transaction(async (inside) => {
      const nhsNumber = await allocateWorker(
        inside,
        code,
        uuid(context.req.param('id')),
        allocatedWorker === 'present',
      );
      await audit(inside, {
        at: now(),
        actor: code,
        action: 'allocated-worker',
        nhsNumber,
        detail: { allocatedWorker },
      });
    });
    return context.body(null, 204);
  });

  routes.post('/:code/births', async (context) => {
    const { mother, baby, plan } = await jsonBody(context.req.raw, birthRecord);
    const { isNew, ...birth } = await recordBirth(parts, context.req.param('code'), {
      mother,
      baby,
      ...(plan !== undefined && { plan }),
    });
    return context.json(birth, isNew ? 201 : 200);
  });

  return routes;
};

/** What an authority is told, and its acknowledgements. */
const notificationRoutes = (parts: RegisterParts): Hono => {
  const { database, now } = parts;
  const routes = new Hono();
  const stream = createStreams(parts);
  const note = noting(parts);

  routes.get('/:code/notifications', async (context) => {
    const code = context.req.param('code');
    const after = wholeNumber(context.req.query('after'), 'after', 0);
    const limit = wholeNumber(context.req.query('limit'), 'limit', 100);
    if (limit < 1 || limit > 1000) throw new Problem(400, 'limit is from 1 to 1000.');
    const unacknowledged = context.req.query('unacknowledged') ?? 'false';
    if (unacknowledged !== 'true' && unacknowledged !== 'false') {
      throw new Problem(400, 'unacknowledged is true or false.');
    }
    const wanted = { after, limit, unacknowledged: unacknowledged === 'true' };
    const notifications = await listNotifications(database, code, wanted);
    await note(code, 'notifications', { detail: { after, sent: notifications.length } });
    return context.json({ notifications, next: notifications.at(-1)?.id ?? after });
  });

  routes.get('/:code/notifications/stream', (context) => {
    const from = context.req.header('last-event-id') ?? context.req.query('after');
    const after = from === undefined || from === '' ? undefined : wholeNumber(from, 'after', 0);
    return stream(context, context.req.param('code'), after);
  });

  routes.post('/:code/notifications/:id/acknowledgement', async (context) => {
    const code = context.req.param('code');
    const number = wholeNumber(context.req.param('id'), 'The id', 0);
    const said = await jsonBody(context.req.raw, acknowledgementNote, { mayBeEmpty: true });
    await database.transaction(async (inside) => {
      const nhsNumber = await acknowledge(inside, code, number, { at: now(), ...said });
      if (nhsNumber === undefined) throw new Problem(404, 'No notification of this authority has this id.');
      await audit(inside, { at: now(), actor: code, action: 'acknowledgement', nhsNumber, detail: { number } });
    });
    return context.body(null, 204);
  });

  return routes;
};

const wholeNumber = (value: string | undefined, name: string, absent: number): number => {
  if (value === undefined) return absent;
  if (!/^\d{1,15}$/.test(value)) throw new Problem(400, `${name} is a whole number.`);
  return Number(value);
};

const uuid = (value: string): string => {
  if (!v.is(v.pipe(v.string(), v.uuid()), value)) throw new Problem(404, 'No such id. Take it from the list.');
  return value;
};
