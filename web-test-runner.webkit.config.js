import { WebkitLauncher, webkitDevtoolsPlugin } from './test/support/engines/webkit.ts';
import { inEngine } from './test/support/engines/config.ts';
import chromium from './web-test-runner.config.js';

/** The same component tests in WebKit: `npm run test:webkit`. */
export default inEngine(chromium, new WebkitLauncher(), webkitDevtoolsPlugin());
