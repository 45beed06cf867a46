import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const root = resolve(import.meta.dirname, '../..');

/** No host tells its framework's makers that it was built. */
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', STORYBOOK_DISABLE_TELEMETRY: '1' };

/** Runs a program to its end; a failure carries what it printed. */
export async function run(cwd: string, program: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...args], { cwd, maxBuffer: 1e8, env });
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} failed in ${cwd}:\n${stdout}${stderr}`, { cause: error });
  }
}

/** The tag's archive, as a release has it. */
export async function pack(): Promise<string> {
  await run(root, 'node', '--import', 'tsx', 'tools/release/main.ts', 'cp-is-banner');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return join(root, `release/cp-is-banner-${version}.tgz`);
}

/**
 * A host's own packages out of its lockfile, then ours out of the archive, as an integrator installs it. It stands in
 * no lockfile, since each build would be another archive.
 */
export async function installHost(folder: string, archive: string): Promise<void> {
  await run(folder, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline');
  const options = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  await run(folder, 'npm', 'install', ...options, archive);
}
