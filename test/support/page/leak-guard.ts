import { canariesIn } from '../canaries.js';
import { watchSinks } from '../sinks.js';

watchSinks();

/** In every file of component tests: a canary that has left memory fails the file, whichever test leaked it. */
after('nothing that identifies anyone has leaked', async () => {
  const { written = [], stored } = globalThis.sinks ?? {};
  const sunk = [...written, ...((await stored?.()) ?? [])];
  const leaks = sunk.flatMap(([place, text]) => canariesIn(text).map((canary) => `${place}: ${canary}`));
  if (leaks.length > 0) throw new Error(`Leaked: ${[...new Set(leaks)].join(', ')}`);
});
