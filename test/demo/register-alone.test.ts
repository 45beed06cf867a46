import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FolderInUse, lockFolder, NoLockHere } from '../../demo/register/database/folder-lock.js';
import * as t from './support.js';
import { setUpEach } from '../support/node/setting-up.js';

interface Started {
  process: ChildProcess;
  url: string;
}

/** Every name that the register passes to `environment()`. It reads the environment in no other way. */
const variablesRead = async (): Promise<readonly string[]> => {
  const files = (await readdir('demo/register', { recursive: true })).filter(
    (file) => file.endsWith('.ts') && file !== 'environment.ts',
  );
  const texts = await Promise.all(files.map((file) => readFile(join('demo/register', file), 'utf8')));
  expect(texts.filter((text) => text.includes('process.env'))).to.deep.equal([]);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/environment\('(\w+)'\)/g)].map(([, name]) => name!)))];
};

describe('The register alone', () => {
  const running = new Set<ChildProcess>();
  let folder: string;
  setUpEach(async (keep) => {
    folder = await keep(mkdtemp(join(tmpdir(), 'register-')), (made) => rm(made, { recursive: true, force: true }));
    await keep(running, () => {
      for (const one of running) one.kill('SIGKILL');
      running.clear();
    });
  });

  const run = (words: readonly string[], env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'demo/register/main.ts', ...words], {
      env: { ...process.env, ...env },
    });
    running.add(child);
    const said = { text: '' };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (said.text += part));
    const ended = once(child, 'close').then(([code]) => code as number | null);
    return { child, said, ended };
  };
  /** Resolves with the first match in what it says. Rejects with all that it said if it ends before. */
  const heard = ({ child, said, ended }: ReturnType<typeof run>, pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', () => {
          const found = pattern.exec(said.text);
          if (found) resolve(found[0]);
        });
      void ended.then(() => reject(new Error(said.text)));
    });
  /** Resolves when it says where it listens. */
  const start = async (words: readonly string[], env: Record<string, string> = {}): Promise<Started> => {
    const one = run(['--port', '0', ...words], env);
    return { process: one.child, url: await heard(one, /http:\/\/[\d.:]+/) };
  };
  /** Resolves when it has refused to start. */
  const refused = async (words: readonly string[], env: Record<string, string> = {}): Promise<string> => {
    const { said, ended } = run(words, env);
    expect(await ended).to.equal(1);
    return said.text;
  };
  const stop = ({ process: child }: Started, signal: NodeJS.Signals) =>
    new Promise<number | null>((resolve) => {
      child.on('exit', (code) => resolve(code));
      child.kill(signal);
    });
  const open = (url: string) => fetch(`${url}${t.careTeamPath('9996878082')}`, { headers: t.headersOf() });
  const accessCount = async (url: string) =>
    ((await (await fetch(`${url}/sandbox/accesses`)).json()) as t.AccessJson[]).filter(
      ({ nhsNumber }) => nhsNumber === '9996878082',
    ).length;

  // Only Linux has a file with this figure.
  if (process.platform === 'linux')
    it('gives back the memory for making its database: it falls below 400 MB', async () => {
      const { process: register } = await start([]);
      const resident = async (): Promise<number> =>
        Number(/^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${register.pid ?? ''}/status`, 'utf8'))?.[1]);
      while (!((await resident()) < 400_000)) await new Promise((resolve) => setTimeout(resolve, 200));
    });

  it('answers on a free port, and ends at SIGTERM, streams included', async () => {
    const started = await start([]);
    const { url } = started;
    expect(await (await fetch(`${url}/health`)).json()).to.deep.equal({ status: 'ok' });
    expect(await (await fetch(`${url}/openapi.json`)).json()).to.have.nested.property('info.title');
    const people = (await (await fetch(`${url}/demographics`)).json()) as object[];
    expect(people[0]).to.have.keys(
      'nhsNumber',
      'familyName',
      'givenName',
      'birthDate',
      'gender',
      'sensitive',
      'supersededBy',
    );
    const stream = await fetch(`${url}/local-authorities/E09000019/notifications/stream`, {
      headers: { Authorization: 'Bearer demo-la-E09000019' },
    });
    expect(await stop(started, 'SIGTERM')).to.equal(0);
    await stream.body?.cancel().catch(() => undefined);
  });

  it('keeps its folder for itself, refuses a second process, and takes the folder over from a dead one', async () => {
    const first = await start(['--data', folder]);
    const message = await refused(['--port', '0', '--data', folder]);
    expect(message).to.contain('in use by another register').and.contain('--data').and.not.contain('    at ');
    expect((await open(first.url)).status).to.equal(200);
    await stop(first, 'SIGKILL');
    const second = await start(['--data', folder]);
    expect(await accessCount(second.url), 'what was answered before the kill').to.equal(1);
    await stop(second, 'SIGTERM');
    expect(await readdir(folder)).to.deep.equal(['pglite']);
  });

  const misuse: [what: string, words: string[], env: Record<string, string>, says: RegExp][] = [
    ['an unknown word', ['--prot', '80'], {}, /--port/],
    ['an invalid port', ['--port', 'http'], {}, /port is a number/],
    ['windows that are none', ['--windows', '11'], {}, /pg9 or national/],
    ['two places for the data', ['--data', '/nowhere'], { DATABASE_URL: 'postgres://x' }, /Leave one of them out/],
    [
      'a server that is not there',
      ['--port', '0'],
      { DATABASE_URL: 'postgres://x@127.0.0.1:1/x' },
      /No PostgreSQL answers/,
    ],
  ];
  for (const [what, words, env, says] of misuse) {
    it(`says what to do about ${what}`, async () => {
      const message = await refused(words, env);
      expect(message).to.match(says).and.not.contain('    at ');
    });
  }

  for (const empty of ['', '  '])
    it(`treats a variable that is ${JSON.stringify(empty)} as not set: each that it reads`, async () => {
      const unset = { DATABASE_URL: empty, HOST: empty, PORT: empty };
      expect(await variablesRead()).to.have.members(Object.keys(unset));
      // The port that it chooses by default may be taken here.
      const says = /127\.0\.0\.1:8090|Port 8090 is in use/;
      expect(await heard(run([], unset), says)).to.match(says);
    });

  it('says what to do about a port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    expect(await refused(['--port', String(port)])).to.contain(
      `Port ${port} is in use. Choose another, or any free one: --port 0`,
    );
    taken.close();
  });
});

describe('The lock of a data folder', () => {
  let folder: string;
  setUpEach(async (keep) => {
    folder = await keep(mkdtemp(join(tmpdir(), 'register-')), (made) => rm(made, { recursive: true, force: true }));
  });

  const refusalOf = (taken: Promise<unknown>) => taken.catch((error: unknown) => error);
  const locks = async () => (await readdir(folder)).filter((name) => name.endsWith('.lock'));
  /** A process of its own that takes the folder, or says why not, and then does nothing more. */
  const taker = async () => {
    const text = `const { lockFolder } = await import('./demo/register/database/folder-lock.ts');
      await lockFolder(${JSON.stringify(folder)}).then(() => console.log('has it'), (error) => console.log(error.name));
      setInterval(() => undefined, 1_000);`;
    const words = ['--import', 'tsx', '--input-type=module', '-e', text];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, said: said.toString().trim() };
  };
  const kill = async (child: ChildProcess) => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };

  it('is refused to a second register whose process has the same number, as in two containers', async () => {
    const unlock = await lockFolder(folder);
    expect(await refusalOf(lockFolder(folder)))
      .to.be.instanceOf(FolderInUse)
      .with.property('message')
      .that.contains(folder)
      .and.contains('--data');
    await unlock();
    await (
      await lockFolder(folder)
    )();
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('goes to only one, however many ask at once', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const answers = await Promise.allSettled(Array.from({ length: 12 }, () => lockFolder(folder)));
      const taken = answers.filter((answer) => answer.status === 'fulfilled');
      expect(taken).to.have.lengthOf(1);
      await taken[0]!.value();
    }
  });

  it('is taken over from a killed process, but refused by one that is only paused', async () => {
    const first = await taker();
    expect(first.said).to.equal('has it');
    first.child.kill('SIGSTOP');
    expect(await refusalOf(lockFolder(folder))).to.be.instanceOf(FolderInUse);
    await kill(first.child);
    expect(await locks()).to.have.lengthOf(1);
    await (
      await lockFolder(folder)
    )();
    expect(await locks()).to.deep.equal([]);
  });

  it('is refused while a register on another machine shows signs of life, and taken over when it shows none', async () => {
    const other = join(folder, 'register-0000000a-00000001.lock');
    await writeFile(other, '');
    const alive = setInterval(() => void utimes(other, new Date(), new Date()), 200);
    expect(await refusalOf(lockFolder(folder))).to.be.instanceOf(FolderInUse);
    clearInterval(alive);
    await (
      await lockFolder(folder)
    )();
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('shows signs of life itself, and survives callers that hang up', async () => {
    const unlock = await lockFolder(folder);
    const [name = ''] = await locks();
    await utimes(join(folder, name), 0, 0);
    for (let caller = 0; caller < 20; caller += 1)
      connect(join(folder, name))
        .on('error', () => undefined)
        .destroy();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await stat(join(folder, name))).mtimeMs).to.be.greaterThan(0);
    await unlock();
  });

  it('leaves everything else in the folder alone', async () => {
    for (const name of ['register.pid', 'notes.lock']) await writeFile(join(folder, name), '1');
    await (
      await lockFolder(folder)
    )();
    expect(await readdir(folder)).to.have.members(['register.pid', 'notes.lock']);
  });

  it('says what to do where no lock is possible', async () => {
    const deep = join(folder, 'x'.repeat(120));
    await mkdir(deep);
    for (const place of [deep, join(folder, 'nowhere')])
      expect(await refusalOf(lockFolder(place)))
        .to.be.instanceOf(NoLockHere)
        .with.property('message')
        .that.matches(/Choose a .*(shorter|--data)/);
  });
});
