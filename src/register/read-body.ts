/** Twenty times the largest real answer, in bytes: a longer body is no answer, and might crash the worker. */
const limit = 2_000_000;

/** A response's body as text, decompressed; `undefined`, with the rest unread, when it is longer than any answer. */
export async function readBody({ body, headers }: Response): Promise<string | undefined> {
  if (body === null) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let length = Number(headers.get('Content-Length')) > limit ? Infinity : 0;
  while (length <= limit) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    text += decoder.decode(value, { stream: true });
  }
  void reader.cancel().catch(() => undefined);
  return undefined;
}
