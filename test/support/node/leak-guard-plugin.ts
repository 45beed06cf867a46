import type { TestRunnerPlugin } from '@web/test-runner';

/**
 * Puts the leak guard before everything else that a test file imports. It goes on the first line, so that no line
 * numbers change.
 */
export function leakGuardPlugin(): TestRunnerPlugin {
  return {
    name: 'leak-guard',
    transform: ({ path, body }) =>
      path.endsWith('.test.ts') ? `import '/test/support/page/leak-guard.ts'; ${String(body)}` : undefined,
  };
}
