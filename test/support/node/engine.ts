import { parseArgs } from 'node:util';

const engines = ['chromium', 'firefox', 'webkit'] as const;
export type Engine = (typeof engines)[number];

/** What was asked for on the command line of mocha or of a campaign: `--engine=firefox`. */
export const engineAsked = ((): Engine | undefined => {
  const { engine } = parseArgs({ strict: false, options: { engine: { type: 'string' } } }).values;
  if (engine === undefined) return undefined;
  const found = engines.find((one) => one === engine);
  if (found === undefined) throw new Error(`--engine is one of ${engines.join(', ')}`);
  return found;
})();

/** The engine that the pages of tests under Node run in. */
export const engine: Engine = engineAsked ?? 'chromium';
