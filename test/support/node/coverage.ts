import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import ts from 'typescript';

/**
 * Adds up what the two suites covered: the rules (c8, in Node) and everything else (in the browser). Each file of `src`
 * is measured by only one of them, so nothing is merged and nothing counts twice. A file that neither suite loaded
 * counts as not covered at all. Fails under 95 %.
 */
const least = 95;
const root = resolve(import.meta.dirname, '../../..');

/** Istanbul's format: how often each line and each branch was taken. */
interface Covered {
  readonly s: Record<string, number>;
  readonly b: Record<string, readonly number[]>;
}

const measured = new Map(
  ['rules', 'browser'].flatMap((suite) => {
    const text = readFileSync(resolve(root, `.cache/coverage/${suite}/coverage-final.json`), 'utf8');
    const files = JSON.parse(text) as Record<string, Covered>;
    return Object.entries(files).map(([file, covered]) => [relative(root, resolve(root, file)), covered] as const);
  }),
);

class Tally {
  #taken = 0;
  #all = 0;

  add(counts: readonly number[]): void {
    this.#taken += counts.filter(Boolean).length;
    this.#all += counts.length;
  }

  get percent(): number {
    return this.#all === 0 ? 100 : (100 * this.#taken) / this.#all;
  }

  toString(): string {
    return `${this.percent.toFixed(2).padStart(6)} % (${this.#taken}/${this.#all})`;
  }
}

class Coverage {
  readonly lines = new Tally();
  readonly branches = new Tally();

  add(lines: readonly number[], branches: readonly number[]): void {
    this.lines.add(lines);
    this.branches.add(branches);
  }

  toString(): string {
    return `lines ${String(this.lines).padEnd(22)} branches ${String(this.branches)}`;
  }
}

/** A file with only types has nothing to run. */
const runs = (text: string): boolean =>
  !/^(?:export \{\};)?\s*$/.test(ts.transpile(text, { target: ts.ScriptTarget.ES2022, removeComments: true }));

const total = new Coverage();
const folders = new Map<string, Coverage>();
for (const entry of readdirSync(resolve(root, 'src'), { recursive: true, encoding: 'utf8' }).sort()) {
  const file = `src/${entry.replaceAll('\\', '/')}`;
  if (!file.endsWith('.ts')) continue;
  const text = readFileSync(resolve(root, file), 'utf8');
  const found = measured.get(file);
  if (found === undefined && !runs(text)) continue;
  if (found === undefined) console.log(`${file} was loaded by no suite`);
  const lines = found ? Object.values(found.s) : text.split('\n').map(() => 0);
  const branches = found ? Object.values(found.b).flat() : [0];
  const folder = folders.get(dirname(file)) ?? new Coverage();
  folders.set(dirname(file), folder);
  for (const coverage of [folder, total]) coverage.add(lines, branches);
}

for (const [folder, coverage] of folders) console.log(`${folder.padEnd(20)} ${String(coverage)}`);
console.log(`${'all of src'.padEnd(20)} ${String(total)}`);
if (Math.min(total.lines.percent, total.branches.percent) < least) {
  console.error(`Under ${least} %.`);
  process.exitCode = 1;
}
