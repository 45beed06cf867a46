import { caseOf, told, type Case } from './discreet/answers.js';
import { had, heard, putUp, showAll, takeDown } from './discreet/screen.js';
import type { Campaign, Totals } from './campaign.js';
import { tagBrowser, tagSite } from './tag-stage.js';

/**
 * Makes spaces of every kind, and whatever separates digits, one space. Comments of the template library are not text.
 */
const plainly = (text: string): string =>
  text
    .replace(/<!--.*?-->/gs, '')
    .replace(/<style.*?<\/style>/gs, '')
    .replace(/[\s\u00a0,.()–-]+/g, ' ')
    // Digits that are spelt out for screen readers.
    .replace(/(?<=\d) (?=\d\b)/g, '');

/**
 * The built tag, discreet and not revealed, with random answers: complete, altered anywhere, failing with the same
 * words in the error, stored, of another patient; after Show and leaving, after Hide, with what was last known. No text
 * of the answer may be in its tree, its accessibility tree, a selection or a print.
 */
export const campaign: Campaign = {
  full: 20_000,
  slice: 120,
  batch: 40,
  open: async () => {
    let cases: ReadonlyMap<number, Case> = new Map();
    const inVain = new Set<string>();
    const site = await tagSite(({ url = '' }, response) => {
      const [, index = '', resource] = /^\/(\d+)\/(?:FHIR\/)?([\w-]+)/.exec(url) ?? [];
      const one = cases.get(Number(index));
      if (resource === 'in-vain') inVain.add(index);
      if (one === undefined || resource === 'in-vain' || inVain.has(index)) {
        response.writeHead(resource === 'in-vain' ? 204 : 503).end();
        return;
      }
      const { status, headers, body } = resource === 'AuditEvent' ? one.visits : one.plans;
      response.writeHead(status, { 'Content-Type': 'application/fhir+json', ...headers }).end(body);
    });
    const browser = await tagBrowser();
    const page = await browser.open(site.url);
    await page.evaluate(() => document.body.append(document.createElement('cp-is-banner')));

    return {
      async run(seed, from, to) {
        const totals: Totals = { tags: 0, 'texts of the answer': 0, 'held, once shown': 0 };
        cases = new Map(Array.from({ length: to - from }, (_, at) => [from + at, caseOf(seed, from + at)]));
        inVain.clear();
        await putUp(page, cases);
        const indexes = [...cases.keys()];
        const found = (await had(page)).flatMap((ways, at) =>
          Object.entries(ways).flatMap(([way, text]) => {
            const match = told.exec(plainly(text))?.[0];
            return match === undefined ? [] : [`case ${indexes[at] ?? ''}, ${way}: ${match}`];
          }),
        );
        const ear = told.exec(plainly(await heard(page)))?.[0];
        if (ear !== undefined) found.push(`cases ${from} to ${to - 1}, accessibility tree: ${ear}`);
        if (found.length > 0) throw new Error(`Seed ${seed}: ${found.slice(0, 5).join('; ')}`);
        for (const text of await showAll(page))
          if (told.test(plainly(text))) totals['held, once shown'] = (totals['held, once shown'] ?? 0) + 1;
        await takeDown(page);
        if (browser.complaints.length > 0) throw new Error(`Seed ${seed}: ${browser.complaints.join('; ')}`);
        for (const { then } of cases.values()) totals[then] = (totals[then] ?? 0) + 1;
        totals['tags'] = cases.size;
        return totals;
      },
      async close() {
        await browser.close();
        await site.close();
      },
    };
  },
};
