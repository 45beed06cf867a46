import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** One request's way to the register and back. */
export interface Way {
  /** The caller's connection. */
  readonly socket: Socket;
  readonly answer: ServerResponse;
  /** Passes the request on. The register's answer comes back even when the caller has gone. */
  readonly send: () => Promise<IncomingMessage>;
}

/**
 * What can happen to a request, with a time in milliseconds where one is needed. A "drop" closes the connection in
 * order (FIN), as a load balancer does. A "reset" tears it down (RST), as a firewall does.
 */
export const lineFaults = {
  // The request is lost, and the register never sees it.
  'drop-before': ({ socket }: Way) => void socket.destroy(),
  'reset-before': ({ socket }: Way) => void socket.resetAndDestroy(),
  // The request arrives, and the caller is cut off while the register is still at work.
  'drop-during': async ({ socket, send }: Way) => {
    const response = send();
    socket.destroy();
    await bodyOf(await response);
  },
  'reset-during': async ({ socket, send }: Way) => {
    const response = send();
    socket.resetAndDestroy();
    await bodyOf(await response);
  },
  // The register has answered. The caller gets nothing of it, half of the head, the head alone, or half of the body.
  'drop-after': async ({ socket, send }: Way) => {
    await bodyOf(await send());
    socket.destroy();
  },
  'reset-after': async ({ socket, send }: Way) => {
    await bodyOf(await send());
    socket.resetAndDestroy();
  },
  'within-headers': async ({ socket, send }: Way) => {
    await bodyOf(await send());
    await sent(socket, (done) => socket.write('HTTP/1.1 200 OK\r\nContent-Type: applica', done));
    socket.destroy();
  },
  'after-headers': (way: Way) => tellPart(way, 0),
  'half-body': (way: Way) => tellPart(way, 0.5),
  // The request or the answer is held up, and delivered even if the caller has gone. Or the answer trickles.
  'late-request': async (way: Way, milliseconds: number) => {
    await pause(milliseconds);
    await relay(await way.send(), way.answer);
  },
  'late-answer': async ({ answer, send }: Way, milliseconds: number) => {
    const response = await send();
    const body = await bodyOf(response);
    await pause(milliseconds);
    begin(answer, response, body.length).end(body);
  },
  drip: async ({ answer, send }: Way, milliseconds: number) => {
    const response = await send();
    const body = await bodyOf(response);
    begin(answer, response, body.length);
    const piece = Math.ceil(body.length / 8);
    for (let at = 0; at < body.length && !answer.destroyed; at += piece) {
      answer.write(body.subarray(at, at + piece));
      await pause(milliseconds);
    }
    answer.end();
  },
} as const satisfies Record<string, (way: Way, milliseconds: number) => void | Promise<void>>;

export type FaultKind = keyof typeof lineFaults;

/** Passes the answer on as it comes. */
export function relay(response: IncomingMessage, answer: ServerResponse): Promise<void> {
  begin(answer, response).flushHeaders();
  response.pipe(answer);
  return new Promise((resolve) => {
    answer.on('close', () => {
      response.destroy();
      resolve();
    });
    if (answer.destroyed) resolve();
  });
}

/** Sends a head that promises the whole body, and only this share of the body. */
async function tellPart({ socket, answer, send }: Way, share: number): Promise<void> {
  const response = await send();
  const body = await bodyOf(response);
  begin(answer, response, body.length).flushHeaders();
  await sent(socket, (done) => answer.write(body.subarray(0, body.length * share), done));
  socket.destroy();
}

/**
 * Resolves when the text is written, or never will be. For a connection that has just closed, Node may not call back.
 */
const sent = (socket: Socket, write: (done: () => void) => void): Promise<void> =>
  new Promise((resolve) => {
    socket.once('close', resolve);
    if (socket.destroyed) resolve();
    else write(resolve);
  });

/** Begins an answer without the headers that concern only the other connection. */
function begin(answer: ServerResponse, { statusCode = 0, headers }: IncomingMessage, length?: number): ServerResponse {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...kept } = headers;
  return answer.writeHead(statusCode, length === undefined ? kept : { ...kept, 'content-length': length });
}

export async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
