import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { postgresBin, startCluster } from '../../test/support/node/postgres-cluster.js';
import { createMemoryStore, createPostgresStore, createRedisStore, type Store } from '../src/index.js';

/** Where sessions can be stored. */
export interface Place {
  readonly name: string;
  /** Undefined where it is not installed. */
  readonly start: (() => Promise<Started>) | undefined;
}

export interface Started {
  /** Opens a store of its own, as another instance would. It holds the same data, except in memory. */
  open: () => Promise<Store>;
  readonly url: string;
  stop: () => Promise<void>;
}

const silent = (): void => undefined;

const redisServer = ['valkey-server', 'redis-server'].find((name) =>
  (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(`${folder}/${name}`)),
);

async function startRedis(server: string): Promise<Started> {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  taken.close();
  const child = spawn(server, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  });
  const gone = once(child, 'exit');
  const url = `redis://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1)
    try {
      await (await createRedisStore(url, silent)).close();
      break;
    } catch (error) {
      if (tries === 900) throw error;
      await pause(100);
    }
  return {
    url,
    open: () => createRedisStore(url, silent),
    stop: async () => {
      child.kill();
      await gone;
    },
  };
}

const bin = postgresBin();

export const postgres: Place = {
  name: 'PostgreSQL',
  start:
    bin === undefined
      ? undefined
      : async () => {
          const { url, stop } = await startCluster(bin, ['fsync=off']);
          return { url, open: () => createPostgresStore(url, silent), stop };
        },
};
export const redis: Place = {
  name: 'Redis or Valkey, 7.0 or later',
  start: redisServer === undefined || !isNew(redisServer) ? undefined : () => startRedis(redisServer),
};
export const memory: Place = {
  name: 'memory',
  start: () => {
    const store = createMemoryStore();
    return Promise.resolve({ url: 'memory', open: () => Promise.resolve(store), stop: () => Promise.resolve() });
  },
};
export const places: readonly Place[] = [memory, postgres, redis];

function isNew(server: string): boolean {
  const version = execFileSync(server, ['--version'], { encoding: 'utf8' });
  return Number(/v=(\d+)/.exec(version)?.[1]) >= 7;
}
