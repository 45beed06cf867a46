import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const root = resolve(import.meta.dirname, '../..');

/** Stops the frameworks from reporting to their makers that a host was built. */
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', STORYBOOK_DISABLE_TELEMETRY: '1' };

/** Runs a program to its end. If it fails, the error holds what it printed. */
export async function run(cwd: string, program: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...args], { cwd, maxBuffer: 1e8, env });
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} failed in ${cwd}:\n${stdout}${stderr}`, { cause: error });
  }
}

/** The tag's archive, as in a release. */
export async function pack(): Promise<string> {
  await run(root, 'node', '--import', 'tsx', 'tools/release/main.ts', 'cp-is-banner');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return join(root, `release/cp-is-banner-${version}.tgz`);
}

/**
 * Installs a host's own packages from its lockfile, and then ours from the archive, as an integrator would. Ours is not
 * in the lockfile, because each build makes a different archive.
 */
export async function installHost(folder: string, archive: string): Promise<void> {
  await run(folder, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline');
  const options = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  await run(folder, 'npm', 'install', ...options, archive);
}
