import { expect } from 'chai';
import { ESLint } from 'eslint';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(resolve(root, 'docs/architecture.md'), 'utf8');

describe('the map of the house', () => {
  const paths = [
    ...new Set([...text.matchAll(/`((?:src|demo|gateway|tools)\/[\w./-]*|[\w.-]+\.(?:json|js|ts))`/g)]),
  ].map(([, path]) => path!);

  it('names files from every room of src/', () => {
    for (const room of ['domain', 'session', 'worker', 'register', 'element', 'contexts'])
      expect(paths.filter((path) => path.startsWith(`src/${room}/`))).to.not.deep.equal([]);
    expect(paths.length).to.be.at.least(40);
  });

  for (const path of paths)
    it(`${path} is where it says`, () => {
      expect(existsSync(resolve(root, path))).to.equal(true);
    });
});

const statements = (count: number): string =>
  Array.from({ length: count }, (_, at) => `export const a${at} = ${at};`).join('\n');
const body = (lines: number): string =>
  `export function long(): void {\n${Array.from({ length: lines - 2 }, () => '  void 0;').join('\n')}\n}\n`;

describe('no source file is over 250 lines, and no function over 60', () => {
  const cases: readonly (readonly [what: string, text: string, rule: string, refused: boolean])[] = [
    ['a file of 250 lines', `${statements(250)}\n`, 'max-lines', false],
    ['a file of 251 lines', `${statements(251)}\n`, 'max-lines', true],
    ['a function of 60 lines', body(60), 'max-lines-per-function', false],
    ['a function of 61 lines', body(61), 'max-lines-per-function', true],
  ];
  for (const file of ['src/domain/plan.ts', 'demo/epr/dom.ts', 'gateway/src/limit.ts', 'tools/browser.ts'])
    for (const [what, text, rule, refused] of cases)
      it(`${what} in ${file.split('/')[0]}/: ${refused ? 'is refused' : 'may be'}`, async () => {
        const [result] = await new ESLint({ cwd: root }).lintText(text, { filePath: resolve(root, file) });
        expect(result!.messages.filter(({ ruleId }) => ruleId === rule)).to.have.lengthOf(refused ? 1 : 0);
      });
});
