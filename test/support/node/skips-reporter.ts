import type { Reporter, TestResult, TestSuiteResult } from '@web/test-runner';

const named = (suite: TestSuiteResult | undefined, parents: string): readonly (TestResult & { whole: string })[] =>
  suite === undefined
    ? []
    : [
        ...suite.tests.map((test) => ({ ...test, whole: `${parents} ${test.name}` })),
        ...suite.suites.flatMap((inner) => named(inner, `${parents} ${inner.name}`)),
      ];

/** At the end: how many tests passed, failed and were skipped, in which browser, and each reason for a skip with its count. */
export function skipsReporter(version: () => string): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      const tests = sessions.flatMap(({ testResults }) => named(testResults, ''));
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
