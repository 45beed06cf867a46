import { WebkitLauncher, webkitDevtoolsPlugin } from '../../test/support/node/engines/webkit.ts';
import { inEngine } from '../../test/support/node/engines/config.ts';
import chromium, { reporters } from './chromium.config.js';

/** The same component tests in WebKit: `npm run test:webkit`. */
export default inEngine({ ...chromium, reporters }, new WebkitLauncher(), webkitDevtoolsPlugin());
