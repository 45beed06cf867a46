import mocha from 'mocha';

import { engineVersion } from '../launch.js';

/** Mocha's own report. At its end are this engine's totals, with the reason and count of each kind of skip. */
export default class TotalsReporter extends mocha.reporters.Spec {
  constructor(runner: mocha.Runner, options: mocha.MochaOptions) {
    super(runner, options);
    const reasons = new Map<string, number>();
    runner.on('pending', (test) => {
      const title = test.fullTitle();
      const reason = /\[skipped: (.*?)\]/.exec(title)?.[1] ?? `without a reason: ${title}`;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    });
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      console.log(`${engineVersion()}: ${passes} passed, ${failures} failed, ${pending} skipped`);
      for (const [reason, count] of reasons) console.log(`  ${count} skipped: ${reason}`);
    });
  }
}
