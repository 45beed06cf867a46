import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Asks for three garbage collections. The embedded PostgreSQL makes its database with a second copy of itself, some 300
 * MB that nothing holds afterwards, and an idle process does not collect by itself. Three are needed: released memory
 * stays until its task is over, and the code compiled meanwhile until the next collection. Nothing waits for them, not
 * even the end of the process.
 */
export function giveBack(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  for (const after of [1000, 5000]) setTimeout(collect, after).unref();
}
