import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FolderInUse, lockFolder } from '../../demo/register/database/folder-lock.js';
import * as t from './support.js';

interface Started {
  process: ChildProcess;
  url: string;
}

describe('The register alone', () => {
  const running = new Set<ChildProcess>();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'register-'));
  });
  afterEach(async () => {
    for (const one of running) one.kill('SIGKILL');
    running.clear();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (words: readonly string[], env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'demo/register/main.ts', ...words], {
      env: { ...process.env, ...env },
    });
    running.add(child);
    const said = { text: '' };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (said.text += part));
    const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
    return { child, said, ended };
  };
  /** Until it says where it listens. */
  const start = async (words: readonly string[], env: Record<string, string> = {}): Promise<Started> => {
    const { child, said, ended } = run(['--port', '0', ...words], env);
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', () => {
        const found = /http:\/\/[\d.:]+/.exec(said.text);
        if (found) resolve(found[0]);
      });
      void ended.then(() => reject(new Error(said.text)));
    });
    return { process: child, url };
  };
  /** Until it has refused to start. */
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
  }).timeout(30_000);

  it('keeps its folder for itself, refuses a second process, and takes the folder over from a dead one', async () => {
    const first = await start(['--data', folder]);
    const pid = await readFile(join(folder, 'register.pid'), 'utf8');
    const message = await refused(['--port', '0', '--data', folder]);
    expect(message).to.contain(`in use by process ${pid}`).and.contain('--data').and.not.contain('    at ');
    expect((await open(first.url)).status).to.equal(200);
    await stop(first, 'SIGKILL');
    const second = await start(['--data', folder]);
    expect(await accessCount(second.url), 'what was answered before the kill').to.equal(1);
    await stop(second, 'SIGTERM');
    await expectGone(join(folder, 'register.pid'));
  }).timeout(60_000);

  const misuse: [what: string, words: string[], env: Record<string, string>, says: RegExp][] = [
    ['an unknown word', ['--prot', '80'], {}, /--port/],
    ['a port that is none', ['--port', 'http'], {}, /port is a number/],
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
    }).timeout(30_000);
  }

  it('says what to do about a port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    expect(await refused(['--port', String(port)])).to.match(/in use. Choose another with --port/);
    taken.close();
  }).timeout(30_000);
});

const expectGone = async (path: string): Promise<void> => {
  const found = await readFile(path).catch(() => undefined);
  expect(found, path).to.equal(undefined);
};

describe('The lock of a data folder', () => {
  let folder: string;
  let lock: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'register-'));
    lock = join(folder, 'register.pid');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  for (const [what, left] of [
    ['nonsense', 'nonsense'],
    ['nothing', ''],
    ['a process that is gone', '4194305'],
    ['this process’s own number, from an earlier life in a container', String(process.pid)],
  ] as const) {
    it(`is taken over from ${what}`, async () => {
      await writeFile(lock, left);
      const unlock = await lockFolder(folder);
      expect(await readFile(lock, 'utf8')).to.equal(String(process.pid));
      await unlock();
      expect(await readdir(folder)).to.deep.equal([]);
    });
  }

  it('is refused while its process runs', async () => {
    await writeFile(lock, String(process.ppid));
    const refusal = await lockFolder(folder).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(FolderInUse).with.property('message').that.contains(lock);
    expect(await readdir(folder)).to.deep.equal(['register.pid']);
  });
});
