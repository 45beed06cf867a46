import type { TestRunnerPlugin } from '@web/test-runner';

/** Puts the leak guard before everything else that a test file imports, on its first line, so that no line moves. */
export function leakGuardPlugin(): TestRunnerPlugin {
  return {
    name: 'leak-guard',
    transform: ({ path, body }) =>
      path.endsWith('.test.ts') ? `import '/test/support/page/leak-guard.ts'; ${String(body)}` : undefined,
  };
}
