import { build as vite } from 'vite';

import { environment } from '../register/environment.js';
import { startDemo } from './server.js';

const port = Number(environment('PORT') ?? 8080);

/** One after another, each said before it begins: on a slow computer they take a while. */
const build = async (what: string, ...modes: readonly string[]): Promise<void> => {
  const began = performance.now();
  process.stdout.write(`  ${what} …`);
  for (const mode of modes) await vite({ mode });
  console.log(` ${((performance.now() - began) / 1000).toFixed(1)} s`);
};

try {
  console.log('');
  // The tag knows the worker's hash, so the worker comes first.
  await build('Building the tag', 'quick-worker', 'quick-tag');
  await build('Building the screens', 'demo');
  console.log('  Starting the sandbox register, a PostgreSQL inside this process …');
  const { url } = await startDemo(port);
  console.log(`
  The front door        ${url}/
  The split view        ${url}/demo/split/
  The ED screen         ${url}/demo/ed/
  The authority's       ${url}/demo/local-authority/
  The sandbox register  ${url}/cpis/FHIR/R4/metadata

  Invented people only. Stop with Ctrl+C.
`);
} catch (error) {
  const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(taken ? `Port ${port} is in use. Choose another: PORT=${port + 1} npm start` : error);
  process.exitCode = 1;
}
