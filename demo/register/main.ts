import { serve, type ServerType } from '@hono/node-server';
import type { Server } from 'node:http';
import { parseArgs } from 'node:util';

import { environment } from './environment.js';
import { giveBack } from './give-back.js';
import {
  createRegister,
  DatabaseUnavailable,
  FolderInUse,
  nationalWindows,
  NoLockHere,
  openDatabase,
  pg9Windows,
  type Database,
} from './index.js';
import { createNightly } from './nightly.js';
import { isPort, portAdvice, portInUse } from './port.js';
import { Problem, problemResponse } from './problem.js';

const help = `The sandbox register alone: invented people only.

  npm run register -- [--port 8090] [--host 127.0.0.1] [--data DIR] [--windows pg9|national]
  npx cp-is-sandbox register …, the same, where it is installed

  --port     also PORT; 0 takes any free port
  --host     also HOST; 127.0.0.1 unless told, so that nobody else on the network can ask it
  --data     keep the data in this folder; without it everything is forgotten at the end
  --windows  how long an ended plan is returned: 12 months (pg9) or 365 days, 28 for an unborn plan (national)
  DATABASE_URL=postgres://user:password@host:port/database keeps the data on PostgreSQL 15 or later instead
`;

/** The register was started wrongly. The message says what to do. */
class Misuse extends Error {}

const options = () => {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: environment('PORT') ?? '8090' },
        host: { type: 'string', default: environment('HOST') ?? '127.0.0.1' },
        data: { type: 'string' },
        windows: { type: 'string', default: 'pg9' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new Misuse(`${(error as Error).message}\n\n${help}`);
  }
};

const start = async (): Promise<void> => {
  const { port, host, data, windows, help: helpWanted } = options();
  if (helpWanted) {
    console.log(help);
    return;
  }
  const url = environment('DATABASE_URL');
  if (!isPort(port)) throw new Misuse(portAdvice);
  if (windows !== 'pg9' && windows !== 'national') throw new Misuse('--windows is pg9 or national.');
  if (data?.trim() === '') throw new Misuse('--data names a folder.');
  if (url !== undefined && data !== undefined) {
    throw new Misuse('DATABASE_URL and --data both say where the data is. Leave one of them out.');
  }

  // Opens the port first: that shows at once whether it is free, while the database takes seconds.
  let answer: Answer = () => problemResponse(new Problem(503, 'The register is starting. Ask again.'));
  const server = await listen((request) => answer(request), Number(port), host);
  let database: Database | undefined;
  try {
    database = await openDatabase({ url, dataDir: data });
    const register = await createRegister({
      database,
      now: () => Date.now(),
      windows: windows === 'pg9' ? pg9Windows : nationalWindows,
    });
    answer = register.app.fetch;
    const nightly = createNightly(register.purge);
    const address = server.address();
    const listening = typeof address === 'object' && address !== null ? address.port : port;
    const where = url === undefined ? (data ?? 'memory, forgotten at the end') : 'PostgreSQL';
    console.log(`The sandbox register: http://${host}:${listening}/openapi.json  (data: ${where})`);
    stopOnSignal(server as Server, database, nightly.stop);
    if (url === undefined) giveBack();
  } catch (error) {
    server.close();
    await database?.close();
    throw error;
  }
};

/** Logs only the kind of error, because a driver's error holds the row it failed on. */
const sayKind = (error: unknown): void => console.error(`Register fault: ${(error as Error).name}`);

type Answer = (request: Request) => Response | Promise<Response>;

const listen = (fetch: Answer, port: number, hostname: string) =>
  new Promise<ServerType>((resolve, reject) => {
    const server = serve({ fetch, port, hostname }, () => resolve(server));
    server.on('error', reject);
  });

/**
 * Finishes the requests under way, accepts no new ones, closes the streams, and then the database. A second signal
 * stops at once.
 */
const stopOnSignal = (server: Server, database: Database, stopNightly: () => void): void => {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    stopNightly();
    server.close(() => void database.close().catch(sayKind));
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
};

/** What to do about an error, where that is known. */
const advice = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof DatabaseUnavailable) return 'No PostgreSQL answers at DATABASE_URL. Is it started?';
  if (error instanceof Misuse || error instanceof FolderInUse || error instanceof NoLockHere) return message;
  if (code === '28P01' || code === '28000') return 'PostgreSQL does not accept the user or password of DATABASE_URL.';
  if (code === '3D000') return 'The database of DATABASE_URL does not exist. Create it with createdb.';
  return portInUse(error) ?? `The register did not start: ${message}`;
};

process.on('uncaughtException', (error) => {
  sayKind(error);
  process.exit(1);
});
try {
  await start();
} catch (error) {
  console.error(advice(error));
  process.exitCode = 1;
}
