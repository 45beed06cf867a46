// Runs a command with REGISTER_TEST_DATABASE_URL naming a PostgreSQL server of its own, which is removed afterwards.
import { spawn } from 'node:child_process';

import { postgresBin, startCluster } from '../support/node/postgres-cluster.js';

const [command, ...words] = process.argv.slice(2);
const bin = postgresBin();
if (command === undefined) throw new Error('Say what to run: on-postgres.ts COMMAND [WORDS…]');

if (bin === undefined) {
  console.log('SKIPPED: PostgreSQL 15 or later is not installed here. On Debian: apt-get install postgresql');
} else {
  const cluster = await startCluster(bin, ['fsync=off']);
  console.log(`PostgreSQL of ${bin}, port ${cluster.port}`);
  try {
    process.exitCode = await new Promise<number>((resolve, reject) => {
      const env = { ...process.env, REGISTER_TEST_DATABASE_URL: cluster.url };
      const child = spawn(command, words, { stdio: 'inherit', env });
      child.on('error', reject);
      child.on('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    await cluster.stop();
  }
}
