import { firefoxDevtoolsPlugin, firefoxLauncher } from './test/support/engines/firefox.ts';
import { inEngine } from './test/support/engines/config.ts';
import chromium from './web-test-runner.config.js';

/** The same component tests in an installed Firefox: `npm run test:firefox`. */
export default inEngine(chromium, firefoxLauncher(), firefoxDevtoolsPlugin());
