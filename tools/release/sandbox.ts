import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';

import { bundledPackages, notices } from '../package/bundled.js';

const script = 'cp-is-sandbox.js';

/**
 * Bundles the sandbox's server as one script, with the licences of what is in it, and puts the database into the
 * archive's own `node_modules`, so that installing it fetches nothing.
 *
 * @param folder what will be the archive
 * @param database the package that cannot be part of the script, because it finds its files beside itself
 */
export async function bundleSandbox(folder: string, database: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    // pg's native binding, which it does not need.
    ssr: { noExternal: true, external: [database, 'pg-native'] },
    build: {
      ssr: 'demo/server/sandbox.ts',
      target: 'node20',
      outDir: resolve(folder),
      emptyOutDir: false,
      sourcemap: true,
      rolldownOptions: { output: { entryFileNames: script, banner: '#!/usr/bin/env node', codeSplitting: false } },
    },
  });
  const map = join(folder, `${script}.map`);
  if (!existsSync(map)) throw new Error('The sandbox was bundled without its map.');
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), notices(bundledPackages([join(folder, script)])));
  rmSync(map);

  const from = join('node_modules', database);
  const to = join(folder, from);
  mkdirSync(to, { recursive: true });
  // Nothing here needs its extensions, declarations, maps and the form for `require`.
  const isLeft = (path: string): boolean => /\.(tar\.gz|map|cjs|cts|ts)$/.test(basename(path));
  cpSync(from, to, { recursive: true, filter: (path) => !isLeft(path) });
}
