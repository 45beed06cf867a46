import { startChain } from './chain.js';

const port = Number(process.env['PORT'] ?? 3000);
const opsPort = Number(process.env['OPS_PORT'] ?? port + 1);

try {
  const chain = await startChain({ port, opsPort });
  const { url, cis2, gateway } = chain;
  console.log(`
  An EPR, and the gateway   ${url}/
  Health and metrics        http://localhost:${gateway.opsPort}/health/ready, /metrics
  The test CIS2             ${cis2.issuer}

  Sign in, open a child, change role, take the card out. Invented people only. Stop with Ctrl+C.
`);
  process.on('SIGINT', () => void chain.close().then(() => process.exit(0)));
} catch (error) {
  const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(taken ? `Port ${port} is in use. Choose another: PORT=${port + 10} npm run start:gateway` : error);
  process.exitCode = 1;
}
