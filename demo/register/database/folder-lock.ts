import { createHash, randomBytes } from 'node:crypto';
import { readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Another register has the folder. The message says what to do. */
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

/** How often a holder shows that it lives, and for how long somebody on another machine looks before taking over. */
const BEAT = 1_000;
const WATCHED = 5_000;
/** A register that is stopped (`docker pause`) accepts a caller and says nothing: it counts as there. */
const SILENCE = 1_000;
/** Bytes of a socket's path that every system takes. */
const LONGEST_PATH = 103;
const lockName = /^register-([\da-f]{8})-[\da-f]{8}\.lock$/;

/**
 * Takes a folder for this process: the embedded database would be ruined by a second writer.
 *
 * Each register listens on a socket of its own in the folder, then looks for others': a socket dies with its process,
 * whatever killed it, and is heard through the walls of containers, where process numbers mean nothing. Of two that start
 * at once the lesser name goes on. A socket of another machine (a shared network folder) cannot be heard, so its time
 * stamp is watched instead.
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
    // Somebody who met this socket before it could hear took it for dead.
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

/** @returns whether somebody else is asking who will give way @throws FolderInUse when somebody has it, or goes first */
const othersAsk = async (folder: string, mine: string): Promise<boolean> => {
  const others = (await readdir(folder)).filter((name) => lockName.test(name) && name !== mine);
  let waiting = false;
  for (const other of others) {
    const said = await hear(pathOf(folder, other));
    if (said === 'asking' && other > mine) waiting = true;
    else if (said !== undefined || (await beats(folder, other, mine))) throw new FolderInUse(folder);
    // Names are never used twice: what is dead stays dead.
    else await rm(join(folder, other), { force: true });
  }
  return waiting;
};

/** What the register behind a socket says of itself, '' when nothing; undefined when nobody is there. */
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

/** Whether a socket that nobody answers belongs to a register on another machine that still lives. */
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

/** The running kernel, which containers share; where there is no such name, the computer. */
const machine = async (): Promise<string> => {
  const kernel = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(hostname);
  return digest(kernel);
};

/** Windows has no sockets in folders but pipes, whose names belong to the whole computer. */
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
  // A pipe leaves nothing in the folder: a file of its name says where to ask.
  if (process.platform === 'win32') await writeFile(join(folder, name), '');
};
