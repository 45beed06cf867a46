// What `npm start` shows, built. A process of its own: what a bundler has used is not given back while its process lives.
import { build as vite } from 'vite';

/** One after another, each said before it begins: on a slow computer they take a while. */
const build = async (what: string, ...modes: readonly string[]): Promise<void> => {
  const began = performance.now();
  process.stdout.write(`  ${what} …`);
  for (const mode of modes) await vite({ mode });
  console.log(` ${((performance.now() - began) / 1000).toFixed(1)} s`);
};

console.log('');
// The tag knows the worker's hash, so the worker comes first.
await build('Building the tag', 'quick-worker', 'quick-tag');
await build('Building the screens', 'demo');
