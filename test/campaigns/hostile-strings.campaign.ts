import { nhsNumber } from '../fixtures/bundles.js';
import type { Campaign, Totals } from './campaign.js';
import { answersWith } from './hostile-strings/answers.js';
import { canary, show } from './hostile-strings/screen.js';
import { harmless, stringCount, stringOf } from './hostile-strings/strings.js';
import { tagBrowser, tagSite } from './tag-stage.js';

/**
 * Naughty strings, script injections and broken text in every field that the register sends and the host sets, on a
 * page without any policy. They must be shown as text: no element or attribute that harmless text would not produce, no
 * link except to ring a number, no script run, nothing uncaught.
 */
export const campaign: Campaign = {
  full: stringCount,
  slice: 24,
  batch: 60,
  open: async () => {
    const strings = new Map(harmless.map((text, at) => [`harmless-${at}`, text]));
    const site = await tagSite(({ url = '' }, response) => {
      const [, kind, index = '', plans = 'many', resource] =
        /^\/(\w+)\/([\w-]+)(?:\/(one|many)\/(\w+)\?)?/.exec(url) ?? [];
      const text = strings.get(index);
      if (text === undefined) response.writeHead(404).end();
      else if (kind === 'string') response.end(JSON.stringify(text));
      else
        response.end(
          JSON.stringify(answersWith(text)[resource === 'AuditEvent' ? 'visits' : plans === 'one' ? 'one' : 'many']),
        );
    });
    const browser = await tagBrowser();
    const pages = await Promise.all(
      Array.from({ length: 2 }, async () => {
        const page = await browser.open(site.url, canary);
        // One tag stays, so that the register's side stays too.
        await page.evaluate(() => document.body.append(document.createElement('cp-is-banner')));
        return page;
      }),
    );
    const [first] = pages;
    if (first === undefined) throw new Error('No page');
    const known = new Set<string>();
    for (const index of strings.keys())
      for (const element of (await show(first, index, nhsNumber)).elements) known.add(element);

    return {
      async run(seed, from, to) {
        const totals: Totals = {
          strings: 0,
          tags: 0,
          'fields shown as text': 0,
          'script executions': 0,
          'uncaught errors': 0,
        };
        const queue = Array.from({ length: to - from }, (_, at) => from + at);
        for (const index of queue) strings.set(String(index), stringOf(seed, index));
        const work = async (page: (typeof pages)[number]): Promise<void> => {
          for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
            const { tags, fields, elements, wrong } = await show(page, String(index), nhsNumber);
            const foreign = elements.filter((element) => !known.has(element));
            const faults = [...wrong, ...foreign.map((element) => `<${element}>`), ...browser.complaints];
            const about = `Seed ${seed}, case ${index} (${JSON.stringify(stringOf(seed, index)).slice(0, 200)})`;
            if (faults.length > 0) throw new Error(`${about}: ${faults.slice(0, 5).join('; ')}`);
            totals['strings'] = (totals['strings'] ?? 0) + 1;
            totals['tags'] = (totals['tags'] ?? 0) + tags;
            totals['fields shown as text'] = (totals['fields shown as text'] ?? 0) + fields;
          }
        };
        await Promise.all(pages.map(work));
        strings.clear();
        return totals;
      },
      async close() {
        await browser.close();
        await site.close();
      },
    };
  },
};
