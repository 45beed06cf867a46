// Runs `npm audit`, where the registry answers it (a mirror may not). Any published weakness fails in what is built
// into the tag or run beside it. In tools only a high one does.
import { spawnSync } from 'node:child_process';

interface Audit {
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<'low' | 'moderate' | 'high' | 'critical', number>> };
}

const audit = (what: string, words: readonly string[]): Audit['metadata'] => {
  const { stdout } = spawnSync('npm', ['audit', '--json', ...words], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  let metadata: Audit['metadata'];
  try {
    ({ metadata } = JSON.parse(stdout) as Audit);
  } catch {
    metadata = undefined;
  }
  const found = metadata && JSON.stringify(metadata.vulnerabilities);
  console.log(`npm audit, ${what}: ${found ?? 'NOT DONE, the registry does not answer it'}`);
  return metadata;
};

const runTime = audit('run-time packages', ['--omit=dev'])?.vulnerabilities;
const all = audit('all packages', [])?.vulnerabilities;
const isRefused =
  (runTime !== undefined && Object.values(runTime).some((many) => many > 0)) ||
  (all !== undefined && all.high + all.critical > 0);
process.exitCode = isRefused ? 1 : 0;
