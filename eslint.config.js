import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import regexp from 'eslint-plugin-regexp';
import wc from 'eslint-plugin-wc';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

import { oneWayImports } from './tools/lint/one-way-imports.js';
import { wordsInWording } from './tools/lint/words-in-wording.js';

export default defineConfig(
  // The bench's contenders are checked by its own compiler, beside the packages they use.
  globalIgnores(['dist/', 'gateway/dist/', '.cache/', 'node_modules/', 'bench/contenders/', 'demo/hosts/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // An expression whose time grows faster than its text can stop a whole record system.
    files: ['src/**/*.ts', 'demo/**/*.ts', 'demo/**/*.mjs', 'gateway/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-dupe-disjunctions': ['error', { reportExponentialBacktracking: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    // One file, one job; data and tables of tests may be longer.
    files: ['{src,demo,tools,gateway,bench}/**/*.{ts,js,mjs}'],
    ignores: ['demo/**/stories*.ts', '**/*.test.ts'],
    rules: { 'max-lines': ['error', 250] },
  },
  {
    files: ['{src,demo,tools,gateway,bench}/**/*.{ts,js,mjs}'],
    ignores: ['**/*.test.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { house: { rules: { 'one-way-imports': oneWayImports } } },
    rules: { 'house/one-way-imports': 'error', 'no-console': 'error' },
  },
  {
    // How authorities are named is data; warnings are for developers.
    files: ['src/{domain,element}/**/*.ts'],
    ignores: [
      'src/element/wording/**',
      'src/element/styles/**',
      'src/element/warnings.ts',
      'src/domain/{authority,authorities-data}.ts',
    ],
    plugins: { words: { rules: { 'in-wording': wordsInWording } } },
    rules: { 'words/in-wording': 'error' },
  },
  {
    files: ['src/element/warnings.ts', 'src/contexts/told.ts'],
    rules: { 'no-console': ['error', { allow: ['warn'] }] },
  },
  { files: ['src/element/**/*.ts'], extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended']] },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off', '@typescript-eslint/require-await': 'off' },
  },
  {
    // What a test under Node sets up is taken down with it: a hook of one's own forgets what a failed set-up has left.
    files: ['test/{journeys,hosts,house,old-engine,orca,package,postgres,demo}/**/*.ts', 'gateway/test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.name=/^after(Each)?$/]',
          message:
            'Use setUp(keep) or setUpEach(keep) of test/support/node/setting-up.ts: it takes down what it was given to keep.',
        },
      ],
    },
  },
  {
    files: ['demo/backend-for-frontend/*'],
    languageOptions: {
      globals: Object.fromEntries(
        ['AbortSignal', 'Buffer', 'URLSearchParams', 'crypto', 'customElements', 'document', 'fetch'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  {
    files: ['demo/register/first-hour.mjs'],
    languageOptions: { globals: { URLSearchParams: 'readonly', crypto: 'readonly', fetch: 'readonly' } },
  },
  {
    files: ['gateway/page/*.js', 'gateway/demo/page/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'BroadcastChannel',
          'Event',
          'EventSource',
          'addEventListener',
          'crypto',
          'customElements',
          'document',
          'fetch',
          'location',
          'navigator',
          'setTimeout',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
);
