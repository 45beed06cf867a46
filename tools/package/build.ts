import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

import { bundledPackages, notices, softwareBill } from './bundled.js';
import { editorData, frameworkScripts, frameworkTypes, withClosedTypes, type Manifest } from './hosts.js';

/** Writes what the package holds besides its code. Runs after Vite, the compiler and the manifest's analyser. */
const dist = 'dist';
const compiled = '.cache/types';

const read = (file: string): string => readFileSync(file, 'utf8');
function write(file: string, text: string): void {
  const path = join(dist, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Publishes only the declarations that the entries reach. Nobody should build on the rooms behind them. */
function publishTypes(entries: readonly string[]): void {
  rmSync(join(dist, 'types'), { recursive: true, force: true });
  const wanted = entries.map((entry) => join(compiled, entry));
  for (const file of wanted) {
    const text = read(file);
    write(join('types', relative(compiled, file)), text);
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      const next = join(dirname(file), fileName.replace(/\.js$/, '.d.ts'));
      if (fileName.startsWith('.') && !wanted.includes(next)) wanted.push(next);
    }
  }
}

const manifest = JSON.parse(read(join(dist, 'custom-elements.json'))) as Manifest;
for (const [file, text] of Object.entries(frameworkScripts(manifest))) write(file, text);

/** Every script of the package, by its place in `dist/`. */
const scripts = (readdirSync(dist, { recursive: true }) as string[])
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.js'))
  .sort();

const sha384 = (file: string): string =>
  `sha384-${createHash('sha384')
    .update(readFileSync(join(dist, file)))
    .digest('base64')}`;

const contexts = scripts
  .map((file) => /^contexts\/([a-z\d-]+)\.js$/.exec(file)?.[1])
  .filter((name) => name !== undefined);
const known = contexts.filter((name) => ts.sys.fileExists(resolve(compiled, `contexts/${name}.d.ts`)));

publishTypes([
  'index.d.ts',
  'define.d.ts',
  'worker/cp-is-banner.worker.d.ts',
  ...known.map((name) => `contexts/${name}.d.ts`),
]);

for (const [file, text] of Object.entries(frameworkTypes(manifest))) write(`types/${file}`, text);
write('html-custom-data.json', json(editorData(manifest)));
const typed = withClosedTypes(manifest) as Parameters<typeof generateJetBrainsWebTypes>[0];
generateJetBrainsWebTypes(typed, { outdir: dist, packageJson: false, hideLogs: true });

const bundled = bundledPackages(scripts.map((file) => join(dist, file)));
write('THIRD-PARTY-NOTICES.txt', notices(bundled));
write('sbom.cdx.json', json(softwareBill(bundled)));
write('integrity.json', json(Object.fromEntries(scripts.map((file) => [file, sha384(file)]))));
