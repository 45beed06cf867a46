import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { pack } from '../hosts/install.js';
import { setUp } from '../support/node/setting-up.js';

const root = resolve(import.meta.dirname, '../..');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const text = (file: string): string => readFileSync(join(root, 'dist', file), 'utf8');

const filesIn = (folder: string): readonly string[] =>
  (readdirSync(folder, { recursive: true }) as string[]).filter((path) => statSync(join(folder, path)).isFile());

/** Runs a program to its end and returns what it printed, whether it succeeded or not. */
async function run(program: string, args: readonly string[], cwd: string): Promise<{ ok: boolean; printed: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...args], { cwd });
    return { ok: true, printed: stdout + stderr };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { ok: false, printed: stdout + stderr };
  }
}

describe('the package', function () {
  this.timeout(180_000);
  const empty = mkdtempSync(join(tmpdir(), 'an-integrators-project-'));
  const folder = join(root, '.cache/release/cp-is-banner');
  let archive: string;

  setUp(async (keep) => {
    await keep(empty, (made) => rmSync(made, { recursive: true }));
    archive = await pack();
    writeFileSync(join(empty, 'package.json'), '{ "private": true, "type": "module" }');
    const installed = await run('npm', ['install', '--prefer-offline', '--no-audit', archive], empty);
    expect(installed.ok, installed.printed).to.equal(true);
  });

  /** Compiles a file of an integrator's project, and checks every declaration that it reaches. */
  async function compile(name: string, source: string): Promise<string> {
    writeFileSync(join(empty, name), source);
    const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--lib', 'ES2022,DOM,DOM.Iterable'];
    const modules = ['--target', 'ES2022', '--module', 'ESNext', '--moduleResolution', 'Bundler'];
    return (await run(bin('tsc'), [...options, ...modules, name], empty)).printed;
  }

  it('publint has nothing to say', async () => {
    const { messages } = await publint({ pkgDir: folder, strict: true });
    expect(messages).to.deep.equal([]);
  });

  it('attw finds the types of every entry, for bundlers and for Node', async () => {
    const args = [archive, '--profile', 'esm-only', '--no-emoji'];
    const { ok, printed } = await run(bin('attw'), args, root);
    expect(ok, printed).to.equal(true);
  });

  it('holds what a user needs and nothing else', () => {
    const wanted =
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|docs\/(decisions\/\d{4}-)?[a-z-]+\.md|docs\/pictures\/[a-z\d-]+\.png|demo\/backend-for-frontend\/[a-z.]+|dist\/([A-Za-z.-]+\.(js|js\.map|json|txt)|(types|contexts)\/.+))$/;
    expect(filesIn(folder).filter((path) => !wanted.test(path))).to.deep.equal([]);
  });

  it('names no file that it does not contain', () => {
    const described = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    const places = JSON.stringify([
      Object.values(described['exports'] as object),
      described['types'],
      described['customElements'],
    ]);
    const named = [...places.matchAll(/"\.\/([^"*]+\.[a-z]+)"/g)]
      .map(([, path]) => path)
      .filter((path) => path!.includes('/'));
    expect(named).to.have.length.greaterThan(10);
    expect(described['customElements']).to.equal('./dist/custom-elements.json');
    const held = filesIn(folder);
    expect(named.filter((path) => !held.includes(path!))).to.deep.equal([]);
  });

  it('tells every framework and editor about each property that a host sets', () => {
    interface Member {
      readonly name: string;
      readonly kind: string;
      readonly static?: boolean;
      readonly readonly?: boolean;
    }
    const { modules } = JSON.parse(text('custom-elements.json')) as {
      modules: { declarations: { tagName?: string; members: Member[] }[] }[];
    };
    const members = modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName)!.members;
    const names = members.filter((member) => member.kind === 'field' && !member.static && !member.readonly);
    expect(names.map(({ name }) => name)).to.include.members(['user', 'storageKey', 'outOfSync', 'careSetting']);
    for (const file of ['types/host.d.ts', 'types/angular.d.ts', 'angular.js', 'react.js', 'web-types.json'])
      for (const { name } of names) expect(text(file), `${name} in ${file}`).to.match(new RegExp(`\\b${name}\\b`));
    for (const file of ['types/host.d.ts', 'html-custom-data.json', 'web-types.json'])
      for (const value of ['emergency-department', 'not-brought', 'patient-flags', 'panel'])
        expect(text(file), file).to.contain(value);
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).to.include({
      'web-types': './dist/web-types.json',
    });
  });

  it('is imported in Node without a message, a registration or an error', async () => {
    const script = `const before = Object.keys(globalThis).length;
      const { CpIsBanner } = await import('cp-is-banner');
      console.log(typeof CpIsBanner.signOut, globalThis.customElements?.get('cp-is-banner'));`;
    const { ok, printed } = await run('node', ['--input-type=module', '-e', script], empty);
    expect([ok, printed.trim()]).to.deep.equal([true, 'function undefined']);
  });

  it('types its properties, events and answers, with no other package installed', async () => {
    const source = `import { CpIsBanner, type Answer, type Reason } from 'cp-is-banner';
      import 'cp-is-banner/define.js';
      const tag = document.createElement('cp-is-banner');
      tag.careSetting = 'nhs-111';
      tag.accessToken = async () => 'token';
      tag.addEventListener('cp-is-change', ({ status, reason }) => {
        const why: Reason | undefined = reason;
        if (status === 'not-checked') console.log(why);
      });
      const answer: Answer | undefined = tag.answer;
      if (answer?.status === 'current') console.log(answer.plans.length);
      CpIsBanner.signOut();`;
    expect(await compile('right.ts', source)).to.equal('');
  });

  it('types fail on a misspelt property, event and method', async () => {
    const source = `import 'cp-is-banner/define.js';
      const tag = document.createElement('cp-is-banner');
      tag.nhsNubmer = '9995124467';
      tag.addEventListener('cp-is-change', ({ statsu }) => statsu);
      tag.chekc();`;
    const printed = await compile('wrong.ts', source);
    for (const name of ['nhsNubmer', 'statsu', 'chekc']) expect(printed).to.contain(`'${name}' does not exist`);
  });

  it('has the hash of every script', () => {
    const hashes = JSON.parse(text('integrity.json')) as Record<string, string>;
    const scripts = (readdirSync(join(root, 'dist'), { recursive: true }) as string[]).filter((file) =>
      file.endsWith('.js'),
    );
    expect(Object.keys(hashes).sort()).to.deep.equal(scripts.sort());
    for (const [file, hash] of Object.entries(hashes))
      expect(hash).to.equal(
        `sha384-${createHash('sha384')
          .update(readFileSync(join(root, 'dist', file)))
          .digest('base64')}`,
      );
  });

  it('lists and credits the third-party code in its scripts', () => {
    const { components } = JSON.parse(text('sbom.cdx.json')) as { components: { name: string; version: string }[] };
    const notices = text('THIRD-PARTY-NOTICES.txt');
    const names = components.map(({ name }) => name);
    expect(names).to.include.members(['lit-html', '@lit/reactive-element', 'lit-element']);
    for (const { name, version } of components) expect(notices).to.contain(`${name} ${version} (`);
    const sources = ['cp-is-banner.js', 'cp-is-banner.worker.js'].flatMap(
      (file) => (JSON.parse(text(`${file}.map`)) as { sources: string[] }).sources,
    );
    const foreign = sources.filter((source) => source.includes('node_modules/'));
    for (const source of foreign)
      expect(
        names.some((name) => source.includes(`node_modules/${name}/`)),
        source,
      ).to.equal(true);
  });

  it('needs only its worker beside the script that registers the tag', () => {
    for (const file of ['cp-is-banner.js', 'cp-is-banner.worker.js'])
      expect(text(file)).not.to.match(/(^|[;}])import\s*["'{*]|from\s*["'`][^"'`]/);
    expect(existsSync(join(empty, 'node_modules/cp-is-banner/dist/cp-is-banner.worker.js'))).to.equal(true);
  });
});
