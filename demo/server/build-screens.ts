// Builds what `npm start` shows. It is a process of its own, because a bundler's memory is not given back while its
// process lives.
import { build as vite } from 'vite';

/** Builds one after another, and names each before it begins, because they take a while on a slow computer. */
const build = async (what: string, ...modes: readonly string[]): Promise<void> => {
  const began = performance.now();
  process.stdout.write(`  ${what} …`);
  for (const mode of modes) await vite({ mode });
  console.log(` ${((performance.now() - began) / 1000).toFixed(1)} s`);
};

console.log('');
// The tag contains the worker's hash, so the worker is built first.
await build('Building the tag', 'quick-worker', 'quick-tag');
await build('Building the screens', 'demo');
