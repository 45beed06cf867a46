import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

import { ownBuild } from './tools/vite/build-id.js';
import { rxjsForPages } from './tools/vite/rxjs-for-pages.js';
import { smaller } from './tools/vite/smaller.js';
import { minifyTemplates } from './tools/vite/templates.js';

/** The `es2015` build of rxjs is for today's browsers. Its default build is for older ones and adds helpers. */
const conditions = ['es2015', 'module', 'browser', 'production'];
const common: UserConfig = { base: './', logLevel: 'warn', resolve: { conditions } };
/** Vite keeps the white space of ES libraries. Files that only browsers read are minified here. */
const minified = { output: { minify: true } };
const lib = { target: 'es2022', sourcemap: true, emptyOutDir: false } as const;

/** Each folder of `demo/` with an `index.html` is a screen. Its other pages belong to that screen. */
const pages = readdirSync('demo')
  .filter((name) => existsSync(`demo/${name}/index.html`))
  .flatMap((name) => readdirSync(`demo/${name}`).map((file) => `demo/${name}/${file}`))
  .filter((file) => file.endsWith('.html'));

/**
 * This build keeps the worker's address as it is written, but an integrator's bundler must not. Without the comment, a
 * bundler that knows `new URL(…, import.meta.url)` (Vite, Rspack, webpack, Rollup's plugins) adds the file itself.
 */
const workerForBundlers: Plugin = {
  name: 'worker-for-bundlers',
  renderChunk: (code) => ({ code: code.replace(/(new URL\(\s*)\/\* @vite-ignore \*\//, '$1'), map: null }),
};

/** The adapters that export `follow…` are entries of the package. The files they share are not. */
const contexts = readdirSync('src/contexts')
  .map((file) => `src/contexts/${file}`)
  .filter((file) => /^export (?:async )?function follow/m.test(readFileSync(file, 'utf8')));

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
      // This file is bundled again and read in a debugger, so names and bundlers' comments stay.
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
      lib: {
        entry: contexts,
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
        input: ['index.html', ...pages, 'demo/toolbar/clock.ts', 'demo/toolbar/clock-worker.ts'],
        external: ['/cp-is-banner.worker.js'],
        preserveEntrySignatures: 'exports-only',
        // Each page loads its clock itself. Vite would join it with the scripts that come after the tag.
        output: { entryFileNames: ({ name }) => (name.startsWith('clock') ? '[name].js' : 'assets/[name]-[hash].js') },
      },
    },
  },
};

/** `quick-tag` and `quick-worker` leave out the second minifier, which takes most of the time, so the demo starts sooner. */
const quick = (build: UserConfig | undefined): UserConfig => ({
  ...build,
  plugins: (build?.plugins ?? []).filter((plugin) => plugin !== smaller),
});

export default defineConfig(({ mode }) => ({
  ...common,
  ...(mode.startsWith('quick-') ? quick(builds[mode.slice('quick-'.length)]) : builds[mode]),
}));
