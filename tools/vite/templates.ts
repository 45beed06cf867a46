import MagicString from 'magic-string';
import type { Plugin } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}
interface Tagged extends Node {
  readonly tag: Node & { readonly name?: string };
  readonly quasi: { readonly quasis: readonly Node[] };
}

/**
 * Removes white space that no reader sees from `html`, `svg` and `css` templates. In HTML a run of it is one space to a
 * browser and stays one space here. None is removed completely, and no-break spaces are not touched.
 */
export function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    // After TypeScript has been compiled away.
    enforce: 'post',
    transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id)) return null;
      const text = new MagicString(code);
      for (const { tag, quasi } of tagged(this.parse(code))) {
        const shorten = shortening[tag.name ?? ''];
        if (shorten === undefined) continue;
        for (const { start, end } of quasi.quasis) {
          const shorter = shorten(code.slice(start, end));
          if (shorter !== code.slice(start, end)) text.update(start, end, shorter);
        }
      }
      return text.hasChanged() ? { code: text.toString(), map: text.generateMap({ hires: true }) } : null;
    },
  };
}

const oneSpace = (text: string): string => text.replace(/[ \t\r\n]+/g, ' ');

const shortening: Readonly<Record<string, (text: string) => string>> = {
  html: oneSpace,
  svg: oneSpace,
  css: (text) =>
    oneSpace(text.replace(/\/\*[^]*?\*\//g, ''))
      .replace(/ ?([{};,]) ?/g, '$1')
      .replace(/([{;][\w-]+): /g, '$1:')
      .replaceAll(';}', '}'),
};

/** Every tagged template in a tree, the outer before the inner ones. */
function* tagged(node: unknown): Generator<Tagged> {
  if (Array.isArray(node)) for (const item of node) yield* tagged(item);
  else if (typeof node === 'object' && node !== null) {
    if ((node as Node).type === 'TaggedTemplateExpression') yield node as Tagged;
    for (const value of Object.values(node)) yield* tagged(value);
  }
}
