import { expect } from 'chai';
import { ESLint } from 'eslint';
import { readFileSync } from 'node:fs';

/** What `npm run test:floor` reports for a built file with this text. */
const heldAgainst = async (text: string): Promise<readonly string[]> => {
  const floor = new ESLint({ overrideConfigFile: 'tools/lint/floor.config.js' });
  const [result] = await floor.lintText(text, { filePath: 'dist/planted.js' });
  return result!.messages.map(({ message }) => message);
};

describe('the floor of browsers', () => {
  const planted: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    ['URL.canParse', 'URL.canParse(document.baseURI)', /Safari 17/],
    ['an expression that looks behind', 'export const bed = /(?<![a-z])\\d/g', /looks behind/],
    ['an interface that Safari has not', 'new SharedWorker("x"); scheduler.postTask(() => 0)', /Safari 16\.4/],
    ['a method that only a value has', 'export const sort = (x) => x.toSorted()', /newer than the floor/],
    ['syntax of a later year', 'using x = y', /Parsing error/],
  ];
  for (const [what, text, says] of planted)
    it(`rejects ${what}`, async () => {
      expect((await heldAgainst(text)).join()).to.match(says);
    });

  it('accepts what every browser of the floor has', async () => {
    expect(
      await heldAgainst('crypto.randomUUID(); navigator.locks.request("a", () => structuredClone([1].at(-1)))'),
    ).to.deep.equal([]);
  });

  it('is the same in README, the integrator’s guide and package.json', () => {
    const { browserslist } = JSON.parse(readFileSync('package.json', 'utf8')) as { browserslist: readonly string[] };
    expect(browserslist).to.deep.equal(['chrome 105', 'edge 105', 'firefox 114', 'safari 16.4', 'ios_saf 16.4']);
    for (const file of ['README.md', 'docs/integrate.md'])
      expect(readFileSync(file, 'utf8'), file).to.match(
        /Chromium, Chrome, Edge and WebView2 105, Firefox 114, Safari and iPadOS 16\.4/,
      );
  });
});
