import { existsSync } from 'node:fs';
import { minify } from 'terser';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

import { ownBuild } from './tools/build-id.js';
import { rxjsForPages } from './tools/rxjs-for-pages.js';
import { minifyTemplates } from './vite.templates.js';

/** rxjs under `es2015` is written for today's browsers; its default is not, and brings helpers of its own. */
const conditions = ['es2015', 'module', 'browser', 'production'];
const common: UserConfig = { base: './', logLevel: 'warn', resolve: { conditions } };
/** Vite leaves the white space of ES libraries alone; what only browsers read is minified all the same. */
const minified = { output: { minify: true } };
/** And once more: on what one minifier has done the other finds 2 % to take away. */
const smaller: Plugin = {
  name: 'smaller',
  async generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      const mapFile = file.type === 'chunk' && bundle[file.sourcemapFileName ?? ''];
      if (!mapFile || mapFile.type !== 'asset') continue;
      const { code, map } = await minify(file.code, {
        module: true,
        ecma: 2020,
        compress: { passes: 6, unsafe_arrows: true },
        // lit's and rxjs's names for themselves; nothing else in the file has such.
        mangle: { properties: { regex: /^_[$a-z]/ } },
        sourceMap: { content: String(mapFile.source), url: mapFile.fileName, includeSources: true },
      });
      file.code = code!;
      mapFile.source = map as string;
    }
  },
};
const lib = { target: 'es2022', sourcemap: true, emptyOutDir: false } as const;

const screens = [
  'ed',
  'nhs-111',
  'general-practice',
  'maternity',
  'states',
  'states-left-page',
  'local-authority',
  'split',
  'fhircast',
  'smart',
];

/**
 * This build leaves the worker's address as it is written; the bundler of whoever installs the package must not: one
 * that knows `new URL(…, import.meta.url)` (Vite, Rspack, webpack, Rollup's plugins) then brings the file along itself.
 */
const workerForBundlers: Plugin = {
  name: 'worker-for-bundlers',
  renderChunk: (code) => ({ code: code.replace(/(new URL\(\s*)\/\* @vite-ignore \*\//, '$1'), map: null }),
};

/** The adapters that are entries of the package; what they share beside them is nobody's to import. */
const contexts = ['fhircast', 'launch-url', 'postmessage', 'smart', 'webview2'].filter((name) =>
  existsSync(`src/contexts/${name}.ts`),
);

/**
 * Five builds, by mode: `worker` (the file beside the script, under its fixed name), `tag` (one self-contained script that
 * registers the tag and knows that file's hash), `package` (class and registration, with lit left to the package manager), `contexts` (each
 * adapter, with nothing of the class) and `demo` (the pages, which embed the built tag as an integrator would).
 */
const builds: Record<string, UserConfig> = {
  tag: {
    plugins: [ownBuild('dist/cp-is-banner.worker.js'), minifyTemplates(), rxjsForPages(), smaller],
    build: {
      ...lib,
      lib: { entry: { 'cp-is-banner': 'src/define.ts' }, formats: ['es'], fileName: (_, name) => `${name}.js` },
      rolldownOptions: minified,
    },
  },
  worker: {
    plugins: [ownBuild(), smaller],
    build: {
      ...lib,
      lib: {
        entry: { 'cp-is-banner.worker': 'src/worker/cp-is-banner.worker.ts' },
        formats: ['es'],
        fileName: (_, name) => `${name}.js`,
      },
      rolldownOptions: minified,
    },
  },
  package: {
    plugins: [ownBuild(), rxjsForPages(), workerForBundlers],
    build: {
      ...lib,
      lib: {
        entry: { index: 'src/index.ts', define: 'src/define.ts' },
        formats: ['es'],
        fileName: (_, name) => `${name}.js`,
      },
      // To be bundled again, and read in a debugger: names stay, and so do the comments that bundlers look for.
      minify: false,
      rolldownOptions: { external: ['./index.js', /^lit($|\/)/] },
    },
  },
  contexts: {
    plugins: [smaller],
    build: {
      ...lib,
      outDir: 'dist/contexts',
      emptyOutDir: true,
      write: contexts.length > 0,
      lib: {
        entry: contexts.length > 0 ? contexts.map((name) => `src/contexts/${name}.ts`) : 'src/index.ts',
        formats: ['es'],
        fileName: (_, name) => `${name}.js`,
      },
      rolldownOptions: minified,
    },
  },
  demo: {
    base: '/',
    build: {
      target: 'es2022',
      outDir: '.cache/demo',
      emptyOutDir: true,
      rolldownOptions: {
        input: ['index.html', ...screens.map((name) => `demo/${name}.html`), 'demo/clock.ts', 'demo/clock-worker.ts'],
        external: ['/cp-is-banner.worker.js'],
        preserveEntrySignatures: 'exports-only',
        // Pages name their clock, and its worker, themselves: Vite would join it with the scripts that come after the tag.
        output: { entryFileNames: ({ name }) => (name.startsWith('clock') ? '[name].js' : 'assets/[name]-[hash].js') },
      },
    },
  },
};

/** `quick-tag`, `quick-worker`: the same without the second minifier, which takes most of the time, for a start of the demo. */
const quick = (build: UserConfig | undefined): UserConfig => ({
  ...build,
  plugins: (build?.plugins ?? []).filter((plugin) => plugin !== smaller),
});

export default defineConfig(({ mode }) => ({
  ...common,
  ...(mode.startsWith('quick-') ? quick(builds[mode.slice('quick-'.length)]) : builds[mode]),
}));
