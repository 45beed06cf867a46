import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { bodyOf, lineFaults, relay, type FaultKind } from './line-faults.js';

/** What happens to one request. */
export interface Fault {
  readonly kind: FaultKind;
  readonly milliseconds?: number;
}

/** One request as it came to the proxy. */
export interface Arrival {
  readonly url: string;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Whether its connection had already carried another request. If such a connection dies, a browser may repeat the
   * request by itself.
   */
  readonly reused: boolean;
  readonly fault: FaultKind | undefined;
  /** What the register answered, whether or not the caller heard it. `undefined` when the request never arrived. */
  status: number | undefined;
}

export type Plan = (request: Pick<Arrival, 'url' | 'headers' | 'reused'>) => Fault | undefined;

/**
 * The connection between a browser and a register on this machine, on which the plan decides what happens to each
 * request.
 */
export interface FaultProxy {
  readonly url: string;
  /** Every request so far, in the order of arrival. */
  readonly arrivals: readonly Arrival[];
  /** Breaks every connection and refuses new ones, as when a cable is cut. */
  cut(): void;
  mend(): void;
  /** Resolves when no request is under way any more, not even one whose caller has gone. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** In milliseconds, longer than any request or fault takes. For some broken connections Node never reports the end. */
const longest = 30_000;
const tooLong = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, longest).unref();
  });

export async function faultProxy(to: string, plan: Plan = () => undefined): Promise<FaultProxy> {
  const port = Number(new URL(to).port);
  const arrivals: Arrival[] = [];
  const underWay = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  const used = new WeakSet<Socket>();
  let whole = true;

  const server = createServer((near, answer) => {
    const { url = '', socket } = near;
    const asked = { url, headers: near.headers as Record<string, string>, reused: used.has(socket) };
    used.add(socket);
    const fault = plan(asked);
    const arrival: Arrival = { ...asked, fault: fault?.kind, status: undefined };
    arrivals.push(arrival);
    const carry = async (): Promise<void> => {
      const body = await bodyOf(near);
      const send = async (): Promise<IncomingMessage> => {
        const response = await passOn(near, body, port);
        arrival.status = response.statusCode;
        return response;
      };
      if (fault === undefined) await relay(await send(), answer);
      else await lineFaults[fault.kind]({ socket, answer, send }, fault.milliseconds ?? 0);
    };
    // When the register is missing or goes away, the caller sees just that.
    const carried = Promise.race([carry().catch(() => void socket.destroy()), tooLong()]);
    underWay.add(carried);
    void carried.then(() => underWay.delete(carried));
  });
  server.on('connection', (socket) => {
    if (!whole) socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    arrivals,
    cut,
    mend: () => {
      whole = true;
    },
    quiet: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: () => {
      cut();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** Sends the request on, over a connection of its own that outlives the caller's. */
const passOn = ({ method, url, headers }: IncomingMessage, body: Buffer, port: number): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const far = request({ host: '127.0.0.1', port, method, path: url, headers: { ...headers, connection: 'close' } });
    far.on('response', resolve).on('error', reject);
    far.end(body);
  });
