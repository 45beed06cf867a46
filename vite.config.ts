import { defineConfig, type UserConfig } from 'vite';

import { minifyTemplates } from './vite.templates.js';

/** rxjs under `es2015` is written for today's browsers; its default is not, and brings helpers of its own. */
const conditions = ['es2015', 'module', 'browser', 'production'];
const common: UserConfig = { base: './', logLevel: 'warn', resolve: { conditions } };
/** Vite leaves the white space of ES libraries alone; these two are read by browsers only. */
const minified = { output: { minify: true } };
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
 * Four builds, by mode: `tag` (one self-contained script that registers the tag), `worker` (the file beside it, under
 * its fixed name), `package` (class and registration, with lit, rxjs and valibot left to the package manager) and
 * `demo` (the pages, which embed the built tag as an integrator would).
 */
const builds: Record<string, UserConfig> = {
  tag: {
    plugins: [minifyTemplates()],
    build: {
      ...lib,
      lib: { entry: { 'cp-is-banner': 'src/define.ts' }, formats: ['es'], fileName: (_, name) => `${name}.js` },
      rolldownOptions: minified,
    },
  },
  worker: {
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
    build: {
      ...lib,
      lib: {
        entry: { index: 'src/index.ts', define: 'src/define.ts' },
        formats: ['es'],
        fileName: (_, name) => `${name}.js`,
      },
      rolldownOptions: { external: ['./index.js', /^lit($|\/)/, /^rxjs($|\/)/] },
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

export default defineConfig(({ mode }) => ({ ...common, ...builds[mode] }));
