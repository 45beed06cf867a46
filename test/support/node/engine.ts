import { parseArgs } from 'node:util';

const engines = ['chromium', 'firefox', 'webkit'] as const;
export type Engine = (typeof engines)[number];

/** What the command line of mocha or of a campaign asks for: `--engine=firefox`. */
export const engineAsked = ((): Engine | undefined => {
  const { engine } = parseArgs({ strict: false, options: { engine: { type: 'string' } } }).values;
  if (engine === undefined) return undefined;
  const found = engines.find((one) => one === engine);
  if (found === undefined) throw new Error(`--engine is one of ${engines.join(', ')}`);
  return found;
})();

/** The engine for the pages of tests under Node. */
export const engine: Engine = engineAsked ?? 'chromium';
