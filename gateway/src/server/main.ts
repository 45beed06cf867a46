import { configurationFrom } from './configuration.js';
import { startServer } from './server.js';

try {
  const running = await startServer(await configurationFrom(process.env));
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void running.stop().then(() => process.exit(0));
    });
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The gateway cannot start.');
  // Exits explicitly, because a store that half answered may hold a connection open.
  process.exit(1);
}
