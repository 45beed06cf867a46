import { Fault } from '../faults.js';

/** The text of a request's body. Stops reading when it is longer than `most`. */
export async function textOf(request: Request, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.byteLength;
    if (length > most) throw new Fault('REQUEST_TOO_LARGE');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
