import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Another process has the folder. The message says what to do. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';

  constructor(folder: string, pid: string) {
    super(
      `The data folder ${folder} is in use by process ${pid}. Stop that process, or choose another folder with --data. ` +
        `If process ${pid} is no register, delete ${join(folder, lockName)} and start again.`,
    );
  }
}

const lockName = 'register.pid';

/**
 * Takes a folder for this process: the embedded database would be ruined by a second writer. A lock whose process is
 * gone (power cut, kill -9) is taken over.
 * @returns gives the folder back
 * @throws FolderInUse
 */
export const lockFolder = async (folder: string): Promise<() => Promise<void>> => {
  const lock = join(folder, lockName);
  const mine = `${lock}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    // Linking is what fails when the lock is there already; a lock never exists without its pid inside.
    while (!(await linked(mine, lock))) {
      const holder = await readFile(lock, 'utf8').catch(() => undefined);
      if (holder === undefined) continue;
      if (isRunning(holder)) throw new FolderInUse(folder, holder);
      await removeStale(lock, holder, mine);
    }
  } finally {
    await rm(mine, { force: true });
  }
  return () => rm(lock, { force: true });
};

const linked = async (from: string, to: string): Promise<boolean> => {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/** A container gives its register the same pid every time: this process's own pid in a lock is the last life's. */
const isRunning = (pid: string): boolean => {
  if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Another process may have taken the stale lock over in the meantime: its new lock is put back. */
const removeStale = async (lock: string, holder: string, mine: string): Promise<void> => {
  const aside = `${mine}.stale`;
  try {
    await rename(lock, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== holder) await linked(aside, lock);
  await rm(aside, { force: true });
};
