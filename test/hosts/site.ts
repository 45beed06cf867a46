import { serve, type ServerType } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import { proxy } from 'hono/proxy';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { faults } from '../../demo/register/faults.js';
import { createRegister, openDatabase, registerPaths } from '../../demo/register/index.js';
import { freePort } from '../support/node/free-port.js';

export interface Site {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A host's pages, and the sandbox register with its faults on the same origin.
 *
 * @param pages the folder of its built files, or a handler that serves them
 */
export async function startSite(
  pages: string | MiddlewareHandler,
  ...before: readonly MiddlewareHandler[]
): Promise<Site> {
  const register = await createRegister({ database: await openDatabase(), now: () => Date.now() });
  const site = new Hono();
  site.use('*', ...before, async (_, next) => next());
  site.route('/faults', faults(register.app));
  for (const path of registerPaths) site.all(path, (context) => register.app.fetch(context.req.raw));
  site.get('/favicon.ico', (context) => context.body(null, 204));
  site.use('*', typeof pages === 'string' ? serveStatic({ root: pages }) : pages);
  return listen(site);
}

export async function listen(site: Hono): Promise<Site> {
  const server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: site.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** A host with a server of its own, behind the register's origin. Its `start` script is run directly, without npm. */
export async function startServer(folder: string): Promise<Site> {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const [program = '', ...args] = scripts.start.split(' ');
  const port = await freePort();
  const started = spawn(
    process.execPath,
    [join(folder, 'node_modules/.bin', program), ...args, '--port', String(port), '--hostname', '127.0.0.1'],
    { cwd: folder, stdio: 'ignore', env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } },
  );
  const address = `http://127.0.0.1:${port}`;
  const site = await startSite(({ req }) => {
    const { pathname, search } = new URL(req.url);
    return proxy(`${address}${pathname}${search}`, { headers: req.raw.headers });
  });
  const close = async (): Promise<void> => {
    const ended = once(started, 'exit');
    started.kill();
    await Promise.all([ended, site.close()]);
  };
  for (let tries = 0; ; tries += 1) {
    if (await fetch(address).catch(() => undefined)) return { port: site.port, close };
    if (started.exitCode !== null || tries > 300) {
      await close();
      throw new Error(`${program} did not start in ${folder}`);
    }
    await setTimeout(200);
  }
}
