import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

/**
 * In the order in which they take turns. `before` is the tag as another commit built it, if one is given. `blank` shows
 * nothing: its figures are the browser's and the machine's own.
 */
export const contenders = ['ours', 'before', 'limit', 'usual', 'peer', 'blank'] as const;
export type Contender = (typeof contenders)[number];

/** A file as it is sent, compressed beforehand as well as each format can. */
export interface Asset {
  readonly name: string;
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
}

const root = resolve(import.meta.dirname, '..');
const built = join(root, '.cache/bench');

/** Production builds of the others. Ours is the product's own build, as an integrator gets it. */
export async function buildContenders(before: string | undefined): Promise<void> {
  rmSync(join(built, 'before'), { recursive: true, force: true });
  if (before !== undefined) cpSync(before, join(built, 'before'), { recursive: true });
  // The tag contains the hash of the worker's file, so the worker is built first.
  for (const mode of ['worker', 'tag']) await build({ root, mode });
  for (const [name, entry] of [
    ['limit', 'main.ts'],
    ['usual', 'main.tsx'],
    ['peer', 'main.tsx'],
  ] as const) {
    await build({
      configFile: false,
      root: join(root, 'bench/contenders', name),
      base: `/${name}/`,
      // The others' libraries mark their files for server rendering, and the warnings do not matter here.
      logLevel: 'error',
      build: {
        target: 'es2022',
        outDir: join(built, name),
        emptyOutDir: true,
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: { main: join(root, 'bench/contenders', name, entry) },
          output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
        },
      },
    });
  }
}

/** Whether it is the tag itself, of this commit or of one before. */
export const isTag = (contender: Contender): boolean => contender === 'ours' || contender === 'before';

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

export function assetsOf(contender: Contender): readonly Asset[] {
  const folder = contender === 'ours' ? join(root, 'dist') : join(built, contender);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => (isTag(contender) ? /^cp-is-banner(\.worker)?\.js$/ : /\.(js|css)$/).test(name))
    .map((name) => {
      const plain = readFileSync(join(folder, name));
      return {
        name,
        type: types[name.slice(name.lastIndexOf('.'))] ?? 'application/octet-stream',
        plain,
        gzip: gzipSync(plain, { level: 9 }),
        brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
      };
    });
}
