import compat from 'eslint-plugin-compat';
import { defineConfig } from 'eslint/config';

/**
 * The floor: the built files use only what the oldest browsers of `browserslist` (package.json) have. Exceptions with a
 * fallback are named here, with the place that has the fallback.
 */
const fallbacks = [
  // Checked for before use, and only used for work that is done ahead of need (src/element/frame.ts). Safari has none.
  'requestIdleCallback',
];

/** What the plugin's tables do not cover: syntax inside a regular expression, and methods of values. */
const tooNew = [
  [
    'Literal[regex.pattern=/\\(\\?<[=!]/]',
    'An expression that looks behind: Safari before 16.4 does not read the whole file.',
  ],
  ['Literal[regex.flags=/[dv]/]', 'The flags d and v are read by no browser of the floor.'],
  [
    'CallExpression[callee.property.name=/^(toSorted|toReversed|toSpliced|isWellFormed|toWellFormed|intersection|union|difference|isSubsetOf|setHTML)$/]',
    'This method is newer than the floor.',
  ],
  ['MemberExpression[object.name=/^(Object|Map)$/][property.name="groupBy"]', 'groupBy is newer than the floor.'],
  ['MemberExpression[object.name="Promise"][property.name=/^(withResolvers|try)$/]', 'This is newer than the floor.'],
  ['MemberExpression[object.name="Array"][property.name="fromAsync"]', 'Array.fromAsync is newer than the floor.'],
  [
    'MemberExpression[object.name="URL"][property.name=/^(canParse|parse)$/]',
    'Use new URL in a try: Safari 17, Chromium 120.',
  ],
  ['MemberExpression[object.name="AbortSignal"][property.name="any"]', 'AbortSignal.any: Safari 17.4, Chromium 116.'],
].map(([selector, message]) => ({ selector, message }));

export default defineConfig({
  ...compat.configs['flat/recommended'],
  // Every browser of the floor can read what parses as this version.
  languageOptions: {
    ...compat.configs['flat/recommended'].languageOptions,
    parserOptions: { ecmaVersion: 2022, sourceType: 'module' },
  },
  linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
  settings: { polyfills: fallbacks },
  rules: { 'compat/compat': 'error', 'no-restricted-syntax': ['error', ...tooNew] },
});
