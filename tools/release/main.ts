import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

import { standAlone } from './documents.js';
import { bannerManifest, gatewayManifest, origins, sandboxManifest, type Manifest } from './manifests.js';
import { bundleSandbox } from './sandbox.js';

/**
 * Writes the archives that need no clone into `release/`, from what is built: all of them, or those that are named. The
 * contents of each archive are first put together in `.cache/release/`.
 */
const read = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest;
const root = read('package.json');
const database = '@electric-sql/pglite';
const { devDependencies } = root as { devDependencies?: Readonly<Record<string, string>> };

/** A file or a folder of the repository, and its place in the archive. */
type Places = Readonly<Record<string, string>>;
const same = (...paths: readonly string[]): Places => Object.fromEntries(paths.map((path) => [path, path]));

interface Archive {
  readonly manifest: Manifest;
  readonly places: Places;
  /** Makes what is only for this archive. */
  readonly make?: (folder: string) => Promise<void>;
}

const archives: Readonly<Record<string, Archive>> = {
  'cp-is-banner': {
    manifest: bannerManifest(root),
    places: same('README.md', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md', 'dist', 'docs', 'demo/backend-for-frontend'),
  },
  'cp-is-sandbox': {
    manifest: sandboxManifest(root, database, devDependencies?.[database] ?? ''),
    places: {
      ...same('LICENSE', 'docs/register.md', 'demo/register/first-hour.mjs'),
      'demo/server/sandbox.md': 'README.md',
      '.cache/demo': 'screens',
      'dist/cp-is-banner.js': 'tag/cp-is-banner.js',
      'dist/cp-is-banner.worker.js': 'tag/cp-is-banner.worker.js',
      'dist/THIRD-PARTY-NOTICES.txt': 'tag/THIRD-PARTY-NOTICES.txt',
    },
    make: (folder) => bundleSandbox(folder, database),
  },
  'cp-is-gateway': {
    manifest: gatewayManifest(read('gateway/package.json'), root),
    places: {
      LICENSE: 'LICENSE',
      ...Object.fromEntries(
        ['README.md', 'onboarding.md', 'asvs.md', 'bin', 'dist', 'page'].map((path) => [`gateway/${path}`, path]),
      ),
    },
  },
};

const repository = root.repository ? `${root.repository.replace(/\.git$/, '')}/blob/v${root.version}` : '';

/** Every file below a path, relative to the repository's root. */
const filesOf = (path: string): readonly string[] =>
  statSync(path).isFile()
    ? [path]
    : (readdirSync(path, { recursive: true }) as string[])
        .map((file) => posix.join(path, file.replaceAll('\\', '/')))
        .filter((file) => statSync(file).isFile());

async function pack(name: string, { manifest, places, make }: Archive): Promise<void> {
  const folder = join('.cache/release', name);
  rmSync(folder, { recursive: true, force: true });
  const placeOf = (path: string): string | undefined => {
    const from = Object.keys(places).find((place) => path === place || path.startsWith(`${place}/`));
    return from === undefined || !existsSync(path) ? undefined : `${places[from]!}${path.slice(from.length)}`;
  };
  for (const from of Object.keys(places).flatMap(filesOf)) {
    const to = placeOf(from)!;
    const file = join(folder, to);
    mkdirSync(dirname(file), { recursive: true });
    if (from.endsWith('.md'))
      writeFileSync(file, standAlone(readFileSync(from, 'utf8'), { from, to }, placeOf, repository));
    else cpSync(from, file);
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await make?.(folder);
  mkdirSync('release', { recursive: true });
  const archive = `${name}-${manifest.version}.tgz`;
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', '../../../release'], {
    cwd: folder,
    shell: process.platform === 'win32',
  });
  console.log(`release/${archive}  ${Math.ceil(statSync(join('release', archive)).size / 1000)} kB`);
}

const named = process.argv.slice(2);
for (const [name, archive] of Object.entries(archives))
  if (named.length === 0 || named.includes(name)) await pack(name, archive);

const empty = origins.filter((field) => !root[field]);
if (empty.length > 0) console.log(`Empty in package.json, and left out: ${empty.join(', ')}.`);
