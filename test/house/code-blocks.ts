import { readFileSync, readdirSync } from 'node:fs';

/** A fenced block of a document. */
export interface Block {
  readonly file: string;
  /** The number of its first line of code, from 1. */
  readonly line: number;
  /** What follows the fence: `js`, `sh`, or "" for anything that is not code. */
  readonly language: string;
  readonly code: string;
}

/** Every document that integrators are given. */
export const documents = [
  'README.md',
  'SECURITY.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'gateway/README.md',
  'gateway/onboarding.md',
  'demo/server/sandbox.md',
];

export function blocksOf(file: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { line: number; indent: string; language: string; code: string[] } | undefined;
  for (const [index, text] of readFileSync(file, 'utf8').split('\n').entries()) {
    const [, indent = '', language] = /^( *)```(\S*)$/.exec(text) ?? [];
    if (language === undefined) open?.code.push(text.replace(open.indent, ''));
    else if (open === undefined) open = { line: index + 2, indent, language, code: [] };
    else {
      blocks.push({ file, line: open.line, language: open.language, code: open.code.join('\n') });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${file}: the block at line ${open.line} does not end`);
  return blocks;
}

/** Commands in running text and tables: code that begins like one. */
export const commandsIn = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/`((?:npm|npx|node|[A-Z_]+=\S* )[^`]*)`/g)]
    .map(([, command = '']) => command.replaceAll(/\s+/g, ' '))
    .filter((command) => /^(?:npm|npx|node) |^[A-Z_]+=\S* \w/.test(command));

/** Inline scripts of a page, as text. */
export const scriptsIn = (html: string): readonly string[] =>
  [...html.matchAll(/<script\b[^>]*>([^<]+(?:<(?!\/script>)[^<]*)*)<\/script>/g)]
    .map(([, code = '']) => code)
    .filter((code) => code.trim() !== '');
