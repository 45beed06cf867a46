import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { environment } from '../register/environment.js';
import { giveBack } from '../register/give-back.js';
import { startDemo } from './server.js';

const port = Number(environment('PORT') ?? 8080);

try {
  const building = spawn(process.execPath, ['--import', 'tsx', 'demo/server/build-screens.ts'], { stdio: 'inherit' });
  const [failed] = (await once(building, 'exit')) as [number | null];
  if (failed !== 0) process.exit(1);
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
  giveBack();
} catch (error) {
  const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(taken ? `Port ${port} is in use. Choose another: PORT=${port + 1} npm start` : error);
  process.exitCode = 1;
}
