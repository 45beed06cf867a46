import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';

/** Reads a Dockerfile line by line. Knows only as much of the language as the one beside this package needs. */
export interface Step {
  readonly name: string;
  readonly words: string;
}

export const stepsOf = (dockerfile: string): readonly Step[] =>
  dockerfile
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', words = ''] = /^(\S+)\s+(\S.*)$/.exec(line) ?? [];
      return { name, words };
    });

/**
 * Runs the steps as they are written, each stage in a folder of its own instead of an image.
 * @returns the folder of the last stage, and the command that starts it
 */
export function run(steps: readonly Step[], context: string): { folder: string; command: readonly string[] } {
  const stages = new Map<string, string>();
  let root = '';
  let at = '';
  let command: readonly string[] = [];
  const inside = (path: string): string => (path.startsWith('/') ? join(root, path) : join(at, path));
  for (const { name, words } of steps) {
    if (name === 'FROM') {
      root = mkdtempSync('/tmp/gateway-image-');
      at = root;
      stages.set(/ AS (\S+)$/i.exec(words)?.[1] ?? 'last', root);
    } else if (name === 'WORKDIR') {
      at = inside(words);
      mkdirSync(at, { recursive: true });
    } else if (name === 'COPY') {
      const [, from, paths = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(words) ?? [];
      const sources = paths.split(' ');
      const to = sources.pop() ?? '';
      for (const source of sources) {
        const origin = join(from === undefined ? context : (stages.get(from) ?? ''), source);
        // A folder is copied as its contents. A path that ends in a slash keeps the source's own name.
        cpSync(origin, to.endsWith('/') ? join(inside(to), source.split('/').at(-1) ?? '') : inside(to), {
          recursive: true,
          verbatimSymlinks: true,
        });
      }
    } else if (name === 'RUN') {
      execFileSync('sh', ['-c', words], { cwd: at, stdio: ['ignore', 'ignore', 'inherit'] });
    } else if (name === 'CMD') command = JSON.parse(words) as string[];
  }
  return { folder: at, command };
}
