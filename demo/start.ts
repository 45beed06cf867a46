import { environment } from './environment.js';
import { startDemo } from './server.js';

const port = Number(environment('PORT') ?? 8080);

try {
  const { url } = await startDemo(port);
  console.log(`
  The front door        ${url}/
  The split view        ${url}/demo/split.html
  The ED screen         ${url}/demo/ed.html
  The authority's       ${url}/demo/local-authority.html
  The sandbox register  ${url}/cpis/FHIR/R4/metadata

  Invented people only. Stop with Ctrl+C.
`);
} catch (error) {
  const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(taken ? `Port ${port} is in use. Choose another: PORT=${port + 1} npm start` : error);
  process.exitCode = 1;
}
