import type { Page } from 'puppeteer-core';

import type { Case } from './answers.js';

/** What somebody can get out of one tag, by the name of the way. */
export type Had = Readonly<Record<'tree' | 'selection' | 'print', string>>;

/** Puts up the tags and does to each what its case says. They are settled when it returns. */
export const putUp = (page: Page, cases: ReadonlyMap<number, Case>): Promise<void> =>
  page.evaluate(
    async (all) => {
      type Tag = HTMLElement & {
        outOfSync: boolean;
        storageKey: CryptoKey;
        updateComplete: Promise<unknown>;
        status: string;
      };
      const settled = async (tags: readonly Tag[]): Promise<void> => {
        const late = Date.now() + 90_000;
        const isUnderWay = (tag: Tag): boolean =>
          tag.status === 'checking' || tag.getAttribute('visits') === 'loading' || tag.status === 'idle';
        do await new Promise((resolve) => setTimeout(resolve, 5));
        while (tags.some(isUnderWay) && Date.now() < late);
        if (tags.some(isUnderWay)) throw new Error('a tag has no end');
        await Promise.all(tags.map((tag) => tag.updateComplete));
      };
      const press = (tag: Tag, label: string): void => {
        for (const button of tag.shadowRoot?.querySelectorAll('button') ?? [])
          if (button.textContent.trim().startsWith(label)) button.click();
      };
      const storageKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
        'encrypt',
        'decrypt',
      ]);
      const home = document.createElement('main');
      document.body.append(home);
      const tags = all.map(([index, { settings, outOfSync, then }]) => {
        const tag = document.createElement('cp-is-banner') as Tag;
        tag.textContent = 'CP-IS not checked';
        for (const [name, value] of Object.entries(settings)) tag.setAttribute(name, value);
        tag.setAttribute('discreet', '');
        tag.setAttribute('base-url', `/${index}/FHIR`);
        Object.assign(tag, { outOfSync, user: String(index), ...(then === 'asked again, in vain' && { storageKey }) });
        home.append(tag);
        return tag;
      });
      await settled(tags);
      for (const [at, [index, { then }]] of all.entries()) {
        const tag = tags[at]!;
        if (then === 'hidden') {
          press(tag, 'Show');
          await tag.updateComplete;
          press(tag, 'Hide');
        }
        if (then === 'shown, then left') press(tag, 'Show');
        if (then === 'asked again, in vain') {
          await fetch(`/${index}/in-vain`);
          tag.setAttribute('encounter', `e${index} again`);
        }
      }
      await settled(tags);
      window.dispatchEvent(new Event('blur'));
      // A sealed answer is found a moment after the reply that failed.
      await new Promise((resolve) => setTimeout(resolve, 60));
      await settled(tags);
    },
    [...cases] as [number, Pick<Case, 'settings' | 'outOfSync' | 'then'>][],
  );

/** What each tag's tree holds, and what a selection and a printer get out of it. */
export async function had(page: Page): Promise<readonly Had[]> {
  const seen = await page.$$eval('main cp-is-banner', (tags) =>
    tags.map((tag) => {
      const section = tag.shadowRoot?.querySelector('section');
      getSelection()?.selectAllChildren(section ?? tag);
      const selection = String(getSelection());
      getSelection()?.removeAllRanges();
      return { tree: `${tag.shadowRoot?.innerHTML ?? ''} ${tag.textContent}`, selection };
    }),
  );
  await page.emulateMediaType('print');
  const printed = await page.$$eval('main cp-is-banner', (tags) =>
    tags.map((tag) => tag.shadowRoot?.querySelector<HTMLElement>('section')?.innerText ?? ''),
  );
  await page.emulateMediaType('screen');
  return seen.map((one, at) => ({ ...one, print: printed[at] ?? '' }));
}

/** All names and descriptions of the page's accessibility tree. */
export async function heard(page: Page): Promise<string> {
  const session = await page.createCDPSession();
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .flatMap(({ name, description, value }) => [name?.value, description?.value, value?.value] as unknown[])
    .filter((text) => typeof text === 'string')
    .join('\n');
}

/** Shows the details of every tag. The search must find these. */
export const showAll = (page: Page): Promise<readonly string[]> =>
  page.$$eval('main cp-is-banner', async (tags) => {
    for (const tag of tags)
      for (const button of tag.shadowRoot?.querySelectorAll('button') ?? [])
        if (button.textContent.trim().startsWith('Show')) button.click();
    await Promise.all(tags.map((tag) => (tag as unknown as { updateComplete: Promise<unknown> }).updateComplete));
    return tags.map((tag) => tag.shadowRoot?.innerHTML ?? '');
  });

export const takeDown = (page: Page): Promise<void> => page.$eval('main', (home) => home.remove());
