import { firefoxDevtoolsPlugin, firefoxLauncher } from '../../test/support/node/engines/firefox.ts';
import { inEngine } from '../../test/support/node/engines/config.ts';
import chromium, { reporters } from './chromium.config.js';

/** The same component tests in an installed Firefox: `npm run test:firefox`. */
export default inEngine({ ...chromium, reporters }, firefoxLauncher(), firefoxDevtoolsPlugin());
