/** Server-sent events read from a fetched body, because `EventSource` cannot send the Authorization header. */

export interface StreamEvent {
  id: string;
  event: string;
  data: string;
}

/**
 * Reads until the stream ends or breaks (then it throws).
 * @param onBytes called for everything that arrives, even keep-alive comments, which show that the connection is alive
 */
export const readEvents = async (
  body: ReadableStream<Uint8Array>,
  onEvent: (event: StreamEvent) => void,
  onBytes: () => void,
): Promise<void> => {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    const blocks = (rest + decoder.decode(value, { stream: true })).replaceAll('\r\n', '\n').split('\n\n');
    // The last block may be incomplete.
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventOf(block);
      if (event) onEvent(event);
    }
  }
};

/** Undefined for a comment. */
const eventOf = (block: string): StreamEvent | undefined => {
  const fields = new Map<string, string[]>();
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  const data = fields.get('data');
  if (!data) return undefined;
  return { id: fields.get('id')?.at(-1) ?? '', event: fields.get('event')?.at(-1) ?? 'message', data: data.join('\n') };
};
