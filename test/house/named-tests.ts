import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';

export interface NamedTest {
  title: string;
  file: string;
}

/** The tests that a text names: titles in quotation marks, followed by the file that holds them all. */
export const namedTests = (text: string): readonly NamedTest[] =>
  [
    ...text.replace(/\s+/g, ' ').matchAll(/((?:“[^”]+”(?:,? and |, | ))+)(?:all )?in `((?:gateway\/)?test\/[^`]+)`/g),
  ].flatMap(([, titles = '', file = '']) =>
    [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => ({ title, file })),
  );

/** The campaigns that a text names, each by its command. */
export const namedCampaigns = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/npm run campaign -- ([\w-]+)/g)].map(([, name = '']) => name)),
];

/**
 * Declares a test for each named test and campaign, which checks that it exists. A title made from a template is named
 * by its fixed part.
 */
export function itNamesWhatIsThere(text: string): void {
  for (const { title, file } of namedTests(text))
    it(`“${title}” is a test in ${file}`, () => {
      expect(readFileSync(file, 'utf8').replaceAll("\\'", "'")).to.contain(title);
    });

  for (const name of namedCampaigns(text))
    it(`${name} is a campaign`, () => {
      expect(existsSync(`test/campaigns/${name}.campaign.ts`)).to.be.true;
    });
}
