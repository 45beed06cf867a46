import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

import { freePort } from './free-port.js';

/** A throw-away PostgreSQL server of this machine's own installation. */
export interface Cluster {
  /** The address of a new database. */
  url: string;
  bin: string;
  port: number;
  /** Waits until it answers again, after one of its processes was killed. */
  recovered: () => Promise<void>;
  /** Stops it and deletes its data. */
  stop: () => Promise<void>;
}

/** Where initdb and postgres are, newest first. Undefined when PostgreSQL 15 or later is not installed. */
export const postgresBin = (): string | undefined => {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map(Number) : [];
  const newest = Math.max(0, ...versions.filter((version) => version >= 15));
  if (newest > 0) return join(debian, String(newest), 'bin');
  const onPath = (process.env['PATH'] ?? '').split(':').find((folder) => existsSync(join(folder, 'initdb')));
  return onPath !== undefined && majorOf(onPath) >= 15 ? onPath : undefined;
};

const majorOf = (bin: string): number =>
  Number(/ (\d+)/.exec(execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }))?.[1]);

/** PostgreSQL refuses to run as root, so it runs as the user that its Debian package makes. */
const unprivileged = (): { uid?: number; gid?: number } => {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
};

/**
 * Makes a cluster in a folder of its own under /tmp and starts it on a free port of this machine only.
 * @param settings for postgresql.conf, such as `fsync=off` where nothing has to survive a power cut
 */
export const startCluster = async (bin: string, settings: readonly string[] = []): Promise<Cluster> => {
  const user = unprivileged();
  const folder = mkdtempSync('/tmp/register-postgres-');
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const as = { ...user, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } };
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'register', '--auth=trust', '--encoding=UTF8', '--no-instructions'],
    { ...as, stdio: 'ignore' },
  );
  const port = await freePort();
  const url = `postgres://register@127.0.0.1:${port}/postgres`;
  const all = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, ...settings];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...all.flatMap((setting) => ['-c', setting])], {
    ...as,
    stdio: 'ignore',
  });
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await answering(url);
  return {
    url,
    bin,
    port,
    recovered: () => answering(url),
    stop: async () => {
      server.kill('SIGINT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Waits until a new connection gets an answer, for a minute and a half at most. */
const answering = async (url: string): Promise<void> => {
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch (error) {
      if (tries === 900) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
};
