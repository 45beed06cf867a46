import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * The embedded PostgreSQL makes its database with a second copy of itself, some 300 MB that nobody holds afterwards. In a
 * process that has little to do no collection comes by itself, so this asks for three: what one lets go of stands until
 * its task is over, and the code that was compiled meanwhile until the next. Nobody waits for them, the end of the
 * process least of all.
 */
export function giveBack(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  for (const after of [1000, 5000]) setTimeout(collect, after).unref();
}
