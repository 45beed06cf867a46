import type { BrowserLauncher, TestRunnerConfig, TestRunnerPlugin } from '@web/test-runner';

import type { DevtoolsCall } from '../../devtools-call.js';
import { skipsReporter } from '../skips-reporter.js';

/** The component suite as it is, in another engine; one file at a time, for these browsers are larger. */
export const inEngine = (
  chromium: Pick<TestRunnerConfig, 'plugins' | 'reporters'>,
  launcher: BrowserLauncher & { readonly version: () => string },
  devtools: TestRunnerPlugin<DevtoolsCall>,
): object => ({
  ...chromium,
  concurrency: 1,
  // The matrix of every cell turns forced colours on and off some thousand times, each a word to the browser's own side.
  testsFinishTimeout: 3_600_000,
  plugins: chromium.plugins?.map((plugin) => (plugin.name === 'devtools' ? devtools : plugin)),
  reporters: [...(chromium.reporters ?? []), skipsReporter(launcher.version)],
  browsers: [launcher],
});
