import type { TestRunnerPlugin } from '@web/test-runner';
import type { ChromeLauncher } from '@web/test-runner-chrome';
import type { CDPSession } from 'puppeteer-core';

import type { DevtoolsCall } from '../devtools-call.js';

/**
 * The server's side of `devtools()`: passes a command of the Chrome DevTools Protocol to the test's own page. The
 * session stays open as long as the page, because what it emulates ends with it.
 */
export function devtoolsPlugin(): TestRunnerPlugin<DevtoolsCall> {
  const sessions = new WeakMap<object, Promise<CDPSession>>();
  return {
    name: 'devtools',
    async executeCommand({ command, payload, session }) {
      if (command !== 'devtools' || payload === undefined) return undefined;
      const page = (session.browser as ChromeLauncher).getPage(session.id);
      const open = sessions.get(page) ?? page.createCDPSession();
      sessions.set(page, open);
      return (await open).send(payload.method as 'Runtime.evaluate', payload.parameters as never);
    },
  };
}

/** Serves @sinonjs/fake-timers as a module, because it ships only as CommonJS. */
export function fakeTimersPlugin(): TestRunnerPlugin {
  return {
    name: 'fake-timers',
    transform(context) {
      if (!context.path.endsWith('/fake-timers-src.js')) return undefined;
      const before = `const exports = {};
        const require = (name) => { if (name === '@sinonjs/commons') return { global: globalThis }; throw new Error(name); };`;
      return `${before}\n${String(context.body)}\nexport const install = exports.install;`;
    },
  };
}
