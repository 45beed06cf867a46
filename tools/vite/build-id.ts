import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** The same for the same sources and packages on every machine, so that two builds of one commit are identical. */
function buildId(): string {
  const files = (readdirSync('src', { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));
  const paths = files.map((file) => join('src', file).replaceAll('\\', '/')).sort();
  const hash = createHash('sha256');
  for (const path of [...paths, 'package.json', 'package-lock.json']) hash.update(path).update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}

const integrityOf = (file: string): string =>
  `sha256-${createHash('sha256').update(readFileSync(file)).digest('base64')}`;

/**
 * Puts the build's id into src/contract/build.ts, with the integrity of the worker file that was built before, if one
 * is named.
 */
export function ownBuild(worker?: string): Plugin {
  return {
    name: 'own-build',
    load: {
      filter: { id: /[\\/]src[\\/]contract[\\/]build\.ts$/ },
      handler: () =>
        `export const build = ${JSON.stringify(buildId())};
export const workerIntegrity = ${JSON.stringify(worker === undefined ? '' : integrityOf(worker))};`,
    },
  };
}
