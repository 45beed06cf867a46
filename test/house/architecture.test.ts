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

  it('names files of every room of src/', () => {
    for (const room of ['domain', 'session', 'worker', 'register', 'element', 'contexts'])
      expect(paths.filter((path) => path.startsWith(`src/${room}/`))).to.not.deep.equal([]);
    expect(paths.length).to.be.at.least(40);
  });

  for (const path of paths)
    it(`${path} is where it says`, () => {
      expect(existsSync(resolve(root, path))).to.equal(true);
    });
});

describe('a source file', () => {
  for (const [lines, complaints] of [
    [250, 0],
    [251, 1],
  ] as const)
    it(`of ${lines} lines: ${complaints === 0 ? 'may be' : 'is refused'}`, async () => {
      const code = `${Array.from({ length: lines }, (_, at) => `export const a${at} = ${at};`).join('\n')}\n`;
      const [result] = await new ESLint({ cwd: root }).lintText(code, {
        filePath: resolve(root, 'src/domain/plan.ts'),
      });
      expect(result!.messages.filter(({ ruleId }) => ruleId === 'max-lines')).to.have.lengthOf(complaints);
    });
});
