// The same as register-kill with the embedded database, kept in a folder: kill -9 in the middle of uploads and
// accesses. Then the folder is opened, its lock is taken over from the dead process, and nothing that was acknowledged
// is lost.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDatabase } from '../../demo/register/index.js';
import { randomOfCase, startRegister, type Campaign, type Totals } from './campaign.js';
import { load, prepare, totalsOf, untilItDies, verify, type Acknowledged } from './register-kill/load.js';

const round = async (folder: string, random: () => number): Promise<Totals> => {
  const register = await startRegister({ folder });
  const acknowledged: Acknowledged = { traceIds: [], records: [], unanswered: 0 };
  const done = load(register.url, random, acknowledged);
  await untilItDies(random, acknowledged, 2_500);
  await register.kill();
  await done;
  const database = await openDatabase({ dataDir: folder });
  try {
    await verify((sql, values) => database.query(sql, values), acknowledged);
  } finally {
    await database.close();
  }
  return totalsOf(acknowledged);
};

export const campaign: Campaign = {
  full: 200,
  slice: 1,
  batch: 1,
  open: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'register-kill-'));
    const register = await startRegister({ folder });
    await prepare(register.url);
    await register.kill();
    return {
      run: (seed, from) =>
        round(folder, randomOfCase(seed, from)).catch((fault: unknown) => {
          throw new Error(`Seed ${seed}, case ${from}: ${(fault as Error).message}`, { cause: fault });
        }),
      close: () => rm(folder, { recursive: true, force: true }),
    };
  },
};
