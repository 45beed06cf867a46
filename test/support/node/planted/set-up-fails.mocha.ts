import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

import { launchBrowser } from '../launch.js';
import { setUp } from '../setting-up.js';

/** Not a test of the project: `setting-up.test.ts` runs it and checks how it ends. */
describe('a planted group', () => {
  let sites: { readonly url: string };

  setUp(async (keep) => {
    await keep(launchBrowser());
    // Nobody keeps these: a server, and a process that leads a group, starts another and holds this one's output.
    createServer().listen(0);
    spawn('sh', ['-c', 'sleep 600 & sleep 600'], { detached: true, stdio: 'inherit' });
    sites = await Promise.reject(new Error('planted: no such port'));
  });

  it('is never run', () => {
    throw new Error(sites.url);
  });
});
