import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';

import { browserArguments, browserPath } from '../browser.ts';
import { devtoolsPlugin, fakeTimersPlugin } from '../../test/support/node/devtools-server.ts';
import { endOfRunReporter } from '../../test/support/node/end-of-run.ts';
import { failuresReporter } from '../../test/support/node/failures-reporter.ts';
import { leakGuardPlugin } from '../../test/support/node/leak-guard-plugin.ts';
import { fhircastPeer } from '../../test/support/node/peers-server.ts';
import { scriptedRegister } from '../../test/support/node/scripted-register-server.ts';
import { noSkipsReporter } from '../../test/support/node/skips-reporter.ts';

/** For every engine. */
export const reporters = [defaultReporter(), failuresReporter(), endOfRunReporter()];

/** Component tests: in a real browser, from the sources, with a register that answers as each test scripts it. */
export default {
  files: ['test/{register,store,worker,session,element,contexts}/**/*.test.ts', '!test/register/parse*.test.ts'],
  nodeResolve: true,
  concurrency: 2,
  reporters: [...reporters, noSkipsReporter()],
  plugins: [
    leakGuardPlugin(),
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: './tools/tsconfig.base.json' }),
    devtoolsPlugin(),
    fakeTimersPlugin(),
  ],
  middleware: [
    // In the build the worker file is beside the script. Among the sources it has a folder of its own.
    (context, next) => {
      if (context.path !== '/src/session/cp-is-banner.worker.js') return next();
      context.redirect('/src/worker/cp-is-banner.worker.ts');
    },
    scriptedRegister(),
    fhircastPeer(),
  ],
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: await browserPath(), args: [...browserArguments] },
      // Each test file is a separate user, because tabs of one user would share opens and sign each other out.
      createPage: async ({ browser }) => (await browser.createBrowserContext()).newPage(),
    }),
  ],
  // In effect for ever, so that a busy machine does not time out.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 900_000,
  testFramework: { config: { timeout: 120_000 } },
  coverageConfig: {
    include: ['src/**/*.ts'],
    // The rules are measured under Node. tools/c8.json names the same files.
    exclude: ['src/domain/**', 'src/register/{parse-*,patient-numbers,shapes}.ts'],
    reporters: ['json'],
    reportDir: '.cache/coverage/browser',
  },
};
