import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';

import { freePort, startChain } from '../../demo/chain.js';
import { byThePage, search } from '../support.js';
import { TestBrowser } from '../test-browser.js';
import { edRole } from '../whole.js';

/**
 * Measures how many reads a second go through the gateway and through undici alone, in turns, and how much memory the
 * gateway has after more and more reads. `node --import tsx gateway/test/campaigns/load.ts [reads]`
 */
const total = Number(process.argv[2] ?? 100_000);
const aTurn = 2000;
const atOnce = 32;
const children: ChildProcess[] = [];

const startScript = async (file: string, ...more: string[]): Promise<{ port: number; child: ChildProcess }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { port: Number(said.toString()), child };
};

const reads = async (pool: Pool, path: string, headers: Readonly<Record<string, string>>): Promise<number> => {
  const began = performance.now();
  let left = aTurn;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) {
        const answer = await pool.request({
          method: 'GET',
          path,
          headers: { ...headers, TraceID: crypto.randomUUID() },
        });
        if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}: ${await answer.body.text()}`);
        await answer.body.dump();
      }
    }),
  );
  return aTurn / ((performance.now() - began) / 1000);
};

/** The seconds of processor time that a process has used. */
const secondsOf = (child: ChildProcess): number => {
  const [user, system] = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / 100;
};

/** The megabytes that the process has in memory. */
const memoryOf = (child: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const chain = await startChain({ variables: { LOG_LEVEL: 'silent', AUDIT_FILE: '/dev/null' } });
try {
  const register = await startScript('gateway/test/campaigns/register-stub.ts');
  const bare = await startScript('gateway/test/campaigns/bare-proxy.ts', `http://127.0.0.1:${register.port}`);
  const [port, opsPort] = [await freePort(), await freePort()];
  // The log goes to a file, so that the measuring process need not read it.
  const folder = mkdtempSync('/tmp/gateway-load-');
  const log = openSync(join(folder, 'log'), 'w');
  const gateway = spawn(process.execPath, ['gateway/bin/cp-is-gateway.js'], {
    env: {
      ...chain.variables,
      PORT: String(port),
      OPS_PORT: String(opsPort),
      REGISTER_URL: `http://127.0.0.1:${register.port}/cpis/FHIR/R4`,
      LIMIT_PER_MINUTE: '1000000',
      LOG_LEVEL: 'info',
      AUDIT_FILE: '/dev/null',
    },
    stdio: ['ignore', log, 'inherit'],
  });
  children.push(gateway);
  const ready = `http://127.0.0.1:${opsPort}/health/ready`;
  while (
    !(await fetch(ready).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await pause(100);
  const browser = new TestBrowser(chain.url, () => port);
  await browser.signIn(edRole.id);
  const headers = {
    ...byThePage,
    Host: new URL(chain.url).host,
    IsUnscheduledAccessEvent: 'true',
    Cookie: `__Host-cpis=${browser.cookies.get('__Host-cpis') ?? ''}`,
  };
  const pools = [bare.port, port].map((one) => new Pool(`http://127.0.0.1:${one}`, { connections: atOnce }));
  const [alone, through] = pools as [Pool, Pool];
  const path = `/cpis/FHIR/R4/${search}`;
  for (const pool of pools) await reads(pool, path, headers);
  const began = [bare.child, gateway].map(secondsOf);
  const each: { alone: number; through: number; memory: number }[] = [];
  for (let done = 0; done < total; done += aTurn)
    each.push({
      alone: await reads(alone, path, headers),
      through: await reads(through, path, headers),
      memory: memoryOf(gateway),
    });
  const ratio = median(each.map((turn) => turn.through / turn.alone));
  const quarter = Math.max(1, Math.floor(each.length / 4));
  console.log(`reads through the gateway: ${each.length * aTurn}`);
  console.log(
    `a second, median: ${median(each.map((turn) => turn.through)).toFixed(0)}, by undici alone ${median(each.map((turn) => turn.alone)).toFixed(0)}`,
  );
  console.log(`ratio of each turn, median: ${ratio.toFixed(2)}`);
  const used = [bare.child, gateway].map((child, index) => secondsOf(child) - began[index]!);
  const [microseconds = 0, ours = 0] = used.map((seconds) => (seconds / (each.length * aTurn)) * 1e6);
  console.log(`microseconds of the processor for a read: ${ours.toFixed(0)}, undici alone ${microseconds.toFixed(0)}`);
  console.log(
    `MB, median of each quarter: ${[0, 1, 2, 3].map((q) => median(each.slice(q * quarter, (q + 1) * quarter).map((turn) => turn.memory)).toFixed(0)).join(', ')}`,
  );
  for (const pool of pools) await pool.close();
  rmSync(folder, { recursive: true });
} finally {
  for (const child of children) child.kill('SIGKILL');
  await chain.close();
}
