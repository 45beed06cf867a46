import type { BrowserLauncher, TestRunnerConfig, TestRunnerPlugin } from '@web/test-runner';

import type { DevtoolsCall } from '../../devtools-call.js';
import { skipsReporter } from '../skips-reporter.js';

/** The same component suite in another engine. One file at a time, because these browsers are larger. */
export const inEngine = (
  chromium: Pick<TestRunnerConfig, 'plugins' | 'reporters'>,
  launcher: BrowserLauncher & { readonly version: () => string },
  devtools: TestRunnerPlugin<DevtoolsCall>,
): object => ({
  ...chromium,
  concurrency: 1,
  // The matrix of every cell switches forced colours some thousand times, and each switch is a call to the browser's
  // own side.
  testsFinishTimeout: 3_600_000,
  plugins: chromium.plugins?.map((plugin) => (plugin.name === 'devtools' ? devtools : plugin)),
  reporters: [...(chromium.reporters ?? []), skipsReporter(launcher.version)],
  browsers: [launcher],
});
