import compat from 'eslint-plugin-compat';
import { defineConfig } from 'eslint/config';

import { newMembers } from './members.js';
import { newStyles } from './style-sheets.js';

/**
 * The floor: the built files use only what the oldest browsers of `browserslist` (package.json) have. Exceptions with a
 * fallback are named here, with the place that has the fallback.
 */
const fallbacks = {
  interfaces: [
    // Checked for before use, and only used for work that is done ahead of need (src/element/frame.ts). Safari has none.
    'requestIdleCallback',
  ],
  members: [
    // Chromium before 124 ends such a request with another error, which nobody reads (src/contexts/fhircast.ts).
    'timeout',
    // Firefox before 126 lists no databases (src/store/sealed-store.ts).
    'databases',
  ],
  styles: [
    // A mouse's pointer: an iPad shows none.
    'cursor: pointer',
  ],
};

/** Names in the built files that are our own or a library's, and new elsewhere in the platform. */
const ownNames = ['capture', 'check', 'delay', 'drop', 'isError', 'number', 's', 'share', 'take'];

const looksBehind = 'An expression that looks behind: Safari before 16.4 does not read the whole file.';
/** In an expression that is no text the parser refuses it. */
const flagV = 'The flag v of an expression is newer than the floor.';

/** Syntax inside regular expressions, which the parser takes for text. */
const inExpressions = [
  ['Literal[regex.pattern=/\\(\\?<[=!]/]', looksBehind],
  ['Literal[value=/\\(\\?<[=!]/]', looksBehind],
  ['TemplateElement[value.cooked=/\\(\\?<[=!]/]', looksBehind],
  [':matches(NewExpression, CallExpression)[callee.name="RegExp"] > Literal.arguments:nth-child(2)[value=/v/]', flagV],
].map(([selector, message]) => ({ selector, message }));

export default defineConfig({
  ...compat.configs['flat/recommended'],
  plugins: {
    ...compat.configs['flat/recommended'].plugins,
    floor: { rules: { members: newMembers, styles: newStyles } },
  },
  // Every browser of the floor can read what parses as this version.
  languageOptions: {
    ...compat.configs['flat/recommended'].languageOptions,
    parserOptions: { ecmaVersion: 2022, sourceType: 'module' },
  },
  linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
  settings: { polyfills: fallbacks.interfaces },
  rules: {
    'compat/compat': 'error',
    'no-restricted-syntax': ['error', ...inExpressions],
    'floor/members': ['error', [...fallbacks.members, ...ownNames]],
    'floor/styles': ['error', fallbacks.styles],
  },
});
