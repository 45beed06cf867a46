import type { Reporter, TestResult, TestSession, TestSuiteResult } from '@web/test-runner';

const named = (suite: TestSuiteResult | undefined, parents: string): readonly (TestResult & { whole: string })[] =>
  suite === undefined
    ? []
    : [
        ...suite.tests.map((test) => ({ ...test, whole: `${parents} ${test.name}` })),
        ...suite.suites.flatMap((inner) => named(inner, `${parents} ${inner.name}`)),
      ];

const testsOf = (sessions: readonly TestSession[]): readonly (TestResult & { whole: string })[] =>
  sessions.flatMap(({ testResults }) => named(testResults, ''));

/** For an engine that can run every test: a run that skips one has failed, and this names it. */
export const noSkipsReporter = (): Reporter => ({
  onTestRunFinished({ sessions }) {
    const skipped = testsOf(sessions).filter((test) => test.skipped);
    for (const { whole } of skipped) console.log(`FAILED by being skipped:${whole}`);
    if (skipped.length > 0) process.once('exit', () => (process.exitCode = 1));
  },
});

/**
 * Reports at the end how many tests passed, failed and were skipped, in which browser, and the count of each reason for
 * a skip.
 */
export function skipsReporter(version: () => string): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      const tests = testsOf(sessions);
      const skipped = tests.filter((test) => test.skipped);
      const passed = tests.filter((test) => !test.skipped && test.passed);
      console.log(
        `\n${version()}: ${passed.length} passed, ${tests.length - passed.length - skipped.length} failed, ${skipped.length} skipped`,
      );
      const reasons = new Map<string, number>();
      for (const { whole } of skipped) {
        const reason = /\[skipped: (.*?)\]/.exec(whole)?.[1] ?? `without a reason: ${whole.trim()}`;
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
      for (const [reason, count] of reasons) console.log(`  ${count} skipped: ${reason}`);
    },
  };
}
