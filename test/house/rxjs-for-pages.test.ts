import { expect } from 'chai';
import { readFileSync } from 'node:fs';

import { rxjsForPages } from '../../tools/vite/rxjs-for-pages.js';

const folder = 'node_modules/rxjs/dist/esm/internal';
const files = ['util/createErrorClass.js', 'observable/from.js', 'observable/innerFrom.js'];

interface Hooks {
  transform: { handler(code: string, id: string): { code: string } | null };
  buildEnd(error?: Error): void;
}

/** What a build does with these rxjs files. */
const build = (read: (file: string) => string): { built: readonly string[]; end: () => void } => {
  const plugin = rxjsForPages() as unknown as Hooks;
  const built = files.map((file) => plugin.transform.handler(read(file), `/${folder}/${file}`)?.code ?? read(file));
  return {
    built,
    end: () => {
      plugin.buildEnd();
    },
  };
};
const asInstalled = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');

describe('rxjs, as it is built into the tag', () => {
  it('is patched where it would not load, and leaves out what is never used', () => {
    const { built, end } = build(asInstalled);
    end();
    expect(built.join()).not.to.match(/prototype\.constructor = /);
    expect(built.join()).not.to.match(
      /return (scheduler \?|fromAsyncIterable\(input\)|fromReadableStreamLike\(input\))/,
    );
  });

  for (const file of files)
    it(`fails the build when ${file} is written another way`, () => {
      const { end } = build((name) => (name === file ? 'export {};' : asInstalled(name)));
      expect(end).to.throw(/rxjs has changed: .*has no/);
    });
});
