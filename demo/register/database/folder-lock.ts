import { createHash, randomBytes } from 'node:crypto';
import { readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Another register is using the folder. The message says what to do. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';

  constructor(folder: string) {
    super(
      `The data folder ${folder} is in use by another register, perhaps in another container. Stop that one, or choose another folder with --data.`,
    );
  }
}

/** A lock cannot be kept in this folder. The message says what to do. */
export class NoLockHere extends Error {
  override readonly name = 'NoLockHere';
}

/**
 * How often a holder shows that it is alive, and how long a register on another machine watches before it takes over.
 */
const BEAT = 1_000;
const WATCHED = 5_000;
/** A paused register (`docker pause`) accepts a connection and says nothing. It counts as running. */
const SILENCE = 1_000;
/** Bytes of a socket's path that every system accepts. */
const LONGEST_PATH = 103;
const lockName = /^register-([\da-f]{8})-[\da-f]{8}\.lock$/;

/**
 * Takes a folder for this process, because a second writer would ruin the embedded database.
 *
 * Each register listens on a socket of its own in the folder, and then looks for others' sockets. A socket dies with
 * its process, whatever killed it. It can also be reached from another container, where process numbers mean nothing.
 * When two start at once, the one whose name sorts first goes on. A socket on another machine (a shared network folder)
 * cannot be reached, so its time stamp is watched instead.
 * @returns gives the folder back
 * @throws FolderInUse, NoLockHere
 */
export const lockFolder = async (folder: string): Promise<() => Promise<void>> => {
  const mine = `register-${await machine()}-${randomBytes(4).toString('hex')}.lock`;
  let state: 'asking' | 'held' = 'asking';
  const server = createServer((caller) => caller.on('error', () => undefined).end(state));
  await listening(server, folder, mine);
  const beat = setInterval(() => void utimes(join(folder, mine), new Date(), new Date()).catch(() => undefined), BEAT);
  const unlock = async () => {
    clearInterval(beat);
    await new Promise((resolve) => server.close(resolve));
    await rm(join(folder, mine), { force: true });
  };
  try {
    while (await othersAsk(folder, mine)) await pause(20);
    // Another register may have found this socket before it listened, taken it for dead and removed it.
    if (!(await readdir(folder)).includes(mine)) throw new FolderInUse(folder);
  } catch (error) {
    await unlock();
    throw error;
  }
  state = 'held';
  beat.unref();
  server.unref();
  return unlock;
};

/**
 * @returns whether another register is also asking and will give way @throws FolderInUse when one has the folder, or
 * goes first
 */
const othersAsk = async (folder: string, mine: string): Promise<boolean> => {
  const others = (await readdir(folder)).filter((name) => lockName.test(name) && name !== mine);
  let waiting = false;
  for (const other of others) {
    const said = await hear(pathOf(folder, other));
    if (said === 'asking' && other > mine) waiting = true;
    else if (said !== undefined || (await beats(folder, other, mine))) throw new FolderInUse(folder);
    // Names are never used twice, so a dead one stays dead.
    else await rm(join(folder, other), { force: true });
  }
  return waiting;
};

/** What the register behind a socket says: '' when it says nothing, undefined when nobody is there. */
const hear = (path: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    let said = '';
    const socket = connect(path);
    const end = (answer: string | undefined) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(SILENCE, () => end(said));
    socket.setEncoding('utf8').on('data', (part: string) => (said += part));
    socket.on('end', () => end(said)).on('error', () => end(undefined));
  });

/** Whether an unanswered socket belongs to a living register on another machine. */
const beats = async (folder: string, other: string, mine: string): Promise<boolean> => {
  if (machineOf(other) === machineOf(mine)) return false;
  const stamp = async () => (await stat(join(folder, other)).catch(() => undefined))?.mtimeMs;
  const before = await stamp();
  const until = Date.now() + WATCHED;
  while (Date.now() < until) {
    await pause(BEAT / 4);
    const now = await stamp();
    if (now !== before) return now !== undefined;
  }
  return false;
};

const machineOf = (name: string): string | undefined => lockName.exec(name)?.[1];

/** The running kernel's id, which containers share, or else the computer's name. */
const machine = async (): Promise<string> => {
  const kernel = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(hostname);
  return digest(kernel);
};

/** Windows has no sockets in folders, only pipes, whose names are shared by the whole computer. */
const pathOf = (folder: string, name: string): string => {
  const whole = resolve(folder, name);
  if (process.platform === 'win32') return `\\\\.\\pipe\\${digest(whole.toLowerCase())}-${name}`;
  const short = relative('', whole);
  return short.length < whole.length ? short : whole;
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

const listening = async (server: Server, folder: string, name: string): Promise<void> => {
  const path = pathOf(folder, name);
  if (Buffer.byteLength(path) > LONGEST_PATH) {
    throw new NoLockHere(`The path of the data folder ${folder} is too long for its lock. Choose a shorter one.`);
  }
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(path, resolve);
  }).catch((error: unknown) => {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new NoLockHere(
      `The data folder ${folder} cannot hold the register's lock (${code}). Choose a folder on a disk of this computer with --data.`,
    );
  });
  // A pipe leaves nothing in the folder, so a file of its name shows where to ask.
  if (process.platform === 'win32') await writeFile(join(folder, name), '');
};
