import * as v from 'valibot';

import { Problem } from './problem.js';

/**
 * A small JSON body of a known shape. Only the shape's own messages are passed on, because the library's would repeat
 * what was sent.
 * @throws Problem 400 or 415
 */
export const jsonBody = async <Shape extends v.GenericSchema>(
  request: Request,
  shape: Shape,
  { mayBeEmpty = false } = {},
): Promise<v.InferOutput<Shape>> => {
  const type = mediaTypeOf(request);
  if (type !== 'application/json' && !(type === '' && mayBeEmpty)) throw new Problem(415, 'Send application/json.');
  const text = await request.text();
  let body: unknown;
  try {
    body = JSON.parse(text === '' && mayBeEmpty ? '{}' : text);
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
  const read = v.safeParse(shape, body, { abortEarly: true });
  if (read.success) return read.output;
  const [issue] = read.issues;
  const path = v.getDotPath(issue) ?? 'The body';
  throw new Problem(
    400,
    issue.message.startsWith('Invalid') ? `${path} is missing or of the wrong kind.` : issue.message,
  );
};

/** In lower case, without parameters. */
export const mediaTypeOf = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
