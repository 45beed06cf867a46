import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

import { environment } from '../register/environment.js';
import { giveBack } from '../register/give-back.js';
import { isPort, portAdvice, portInUse } from '../register/port.js';
import { startDemo } from './server.js';

const help = `The CP-IS sandbox: a register, the screens that ask it and a FHIRcast hub. Invented people only.

  npx cp-is-sandbox [--port 8080]
  npx cp-is-sandbox register [--port 8090] …   the register alone: npx cp-is-sandbox register --help

  --port  also PORT; 0 takes any free port
`;

/** Starts the whole sandbox, from the files that were packed beside this one. */
async function start(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: environment('PORT') ?? '8080' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  if (!isPort(values.port)) throw new Error(portAdvice);
  console.log('Starting the sandbox register, a PostgreSQL inside this process …');
  const beside = (folder: string): string => relative(process.cwd(), join(import.meta.dirname, folder));
  const { url } = await startDemo(Number(values.port), Date.now, { tag: beside('tag'), screens: beside('screens') });
  console.log(`
  The front door        ${url}/
  The sandbox register  ${url}/cpis/FHIR/R4/metadata

  Invented people only. Stop with Ctrl+C.
`);
  giveBack();
}

try {
  if (process.argv[2] === 'register') {
    process.argv.splice(2, 1);
    await import('../register/main.js');
  } else await start();
} catch (error) {
  console.error(portInUse(error) ?? (error as Error).message);
  process.exitCode = 1;
}
