import type { Reporter, TestSuiteResult } from '@web/test-runner';

const failuresIn = ({ suites, tests }: TestSuiteResult, path: readonly string[] = []): string[] => [
  ...tests
    .filter(({ passed, skipped }) => !passed && !skipped)
    .map(({ name, error }) => `${[...path, name].join(' > ')}\n      ${error?.message ?? 'failed'}`),
  ...suites.flatMap((suite) => failuresIn(suite, [...path, suite.name])),
];

/** Names the failed tests at the very end, because in a long run's log they are far above. */
export const failuresReporter = (): Reporter => ({
  onTestRunFinished({ sessions }) {
    for (const { testFile, errors, testResults } of sessions) {
      const failures = [...errors.map(({ message }) => message), ...(testResults ? failuresIn(testResults) : [])];
      for (const failure of failures) console.log(`FAILED ${testFile}\n    ${failure}`);
    }
  },
});
