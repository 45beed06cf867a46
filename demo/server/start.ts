import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';

import { environment } from '../register/environment.js';
import { giveBack } from '../register/give-back.js';
import { isPort, portAdvice, portInUse } from '../register/port.js';
import { startDemo } from './server.js';

const { port } = parseArgs({ options: { port: { type: 'string', default: environment('PORT') ?? '8080' } } }).values;
if (!isPort(port)) {
  console.error(portAdvice);
  process.exit(1);
}

/** Throws where it is taken: that is known at once, while the build and the database take seconds. */
async function tryPort(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

try {
  await tryPort(Number(port));
  const building = spawn(process.execPath, ['--import', 'tsx', 'demo/server/build-screens.ts'], { stdio: 'inherit' });
  const [failed] = (await once(building, 'exit')) as [number | null];
  if (failed !== 0) process.exit(1);
  console.log('  Starting the sandbox register, a PostgreSQL inside this process …');
  const { url } = await startDemo(Number(port));
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
  console.error(portInUse(error, 'npm start -- --port 0') ?? error);
  process.exitCode = 1;
}
