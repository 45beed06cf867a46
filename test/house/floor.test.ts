import { expect } from 'chai';
import { ESLint } from 'eslint';
import { readFileSync } from 'node:fs';

/** What `npm run test:floor` reports for a built file with this text. */
const heldAgainst = async (text: string): Promise<readonly string[]> => {
  const floor = new ESLint({ overrideConfigFile: 'tools/lint/floor/floor.config.js' });
  const [result] = await floor.lintText(text, { filePath: 'dist/planted.js' });
  return result!.messages.map(({ message }) => message);
};

const css = (sheet: string): string => `export const sheet = css\`${sheet}\``;

describe('the floor of browsers', () => {
  const planted: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    ['URL.canParse', 'URL.canParse(document.baseURI)', /canParse is newer.*chrome 105.*safari 16\.4/],
    ['an expression that looks behind', 'export const bed = /(?<![a-z])\\d/g', /looks behind/],
    ['an interface that Safari has not', 'new SharedWorker("x"); scheduler.postTask(() => 0)', /Safari 16\.4/],
    [
      'an expression that looks behind, made of a text',
      'export const bed = new RegExp("(?<=bed )\\\\d")',
      /looks behind/,
    ],
    ['the flag v', 'export const bed = /[a-z--b]/v', /Parsing error/],
    ['the flag v, beside a text', 'export const bed = new RegExp("[a-z--b]", "gv")', /flag v/],
    ['a method that only a value has', 'export const sort = (x) => x.toSorted()', /toSorted is newer.*firefox 114/],
    ['a method in brackets', 'export const sort = (x) => x["toSorted"]()', /toSorted is newer/],
    ['a static method', 'export const group = (x) => Object.groupBy(x, String)', /groupBy is newer/],
    ['a static method taken out of its class', 'const { withResolvers } = Promise', /withResolvers is newer/],
    ['a name that another class has long had', 'AbortSignal.any([])', /any is newer/],
    ['a method of an element', 'document.body.checkVisibility()', /checkVisibility is newer.*safari 16\.4/],
    ['what a component is given', 'this.attachInternals().states', /states is newer.*firefox 114/],
    ['a selector', css('a:has(b) { color: red }'), /:has is newer.*firefox 114/],
    ['a rule in a rule', css('a { b { color: red } }'), /b in a rule is newer/],
    ['a function of colours', css('a { color: light-dark(red, blue) }'), /light-dark\(\) is newer/],
    ['a property', css('a { field-sizing: content }'), /field-sizing is newer/],
    ['a value', css('a { display: grid-lanes }'), /display: grid-lanes is newer/],
    [
      'what the browser is asked not to have',
      css('@supports not (color: light-dark(red, red)) { a { color: light-dark(red, blue) } }'),
      /light-dark\(\) is newer/,
    ],
    [
      'another feature than the one that the browser is asked for',
      css('@supports (color: light-dark(red, red)) { a { field-sizing: content } }'),
      /field-sizing is newer/,
    ],
    [
      'a property whose name only begins the one that the browser is asked for',
      css('@supports (text-wrap-style: balance) { a { text-wrap: var(--b) } }'),
      /text-wrap is newer/,
    ],
    ['a rule with @', css('@starting-style { a { color: red } }'), /@starting-style is newer/],
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

  const fallbacks: readonly (readonly [what: string, sheet: string])[] = [
    [
      'behind a question to the browser',
      '@supports (color: light-dark(red, red)) { a { color: light-dark(red, blue) } }',
    ],
    ['beside its prefixed twin', 'a { -webkit-user-select: none; user-select: none }'],
  ];
  for (const [where, sheet] of fallbacks)
    it(`accepts a newer style ${where}`, async () => {
      expect(await heldAgainst(css(sheet))).to.deep.equal([]);
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
