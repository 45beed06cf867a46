import type { Page } from 'puppeteer-core';

import type { Script } from './scripts.js';

/** In seconds, for a whole check. */
const timeout = 1;

/** Plays scripts on one page, several at a time. Returns what each tag says at the end, by the script's index. */
export const play = (page: Page, scripts: readonly Script[]): Promise<readonly (readonly [number, string])[]> =>
  page.evaluate(
    async (all, seconds) => {
      type Tag = HTMLElement & {
        nhsNumber: string;
        encounter: string;
        user: string;
        accessToken: () => Promise<string>;
        check(): void;
        clear(): void;
      };
      const pause = (milliseconds: number): Promise<void> =>
        new Promise((resolve) => setTimeout(resolve, milliseconds));
      const isAnswered = (tag: Tag): boolean =>
        !['idle', 'checking'].includes(tag.getAttribute('status') ?? 'idle') &&
        tag.getAttribute('visits') !== 'loading';

      const playOne = async (script: Script): Promise<readonly [number, string]> => {
        const tags = Array.from({ length: script.tags }, () => document.createElement('cp-is-banner') as Tag);
        const answers = async (): Promise<void> => {
          const late = Date.now() + 90_000;
          while (!tags.every(isAnswered)) {
            if (Date.now() > late) throw new Error(`case ${script.index} has no end`);
            await pause(10);
          }
        };
        let { encounter } = script;
        let encounters = 0;
        const open = (): void => {
          for (const tag of tags) Object.assign(tag, { nhsNumber: script.nhsNumber, encounter });
        };
        for (const tag of tags) {
          const settings = {
            'nhs-number-status': 'verified',
            'care-setting': script.setting,
            timeout: String(seconds),
          };
          for (const [name, value] of Object.entries(settings)) tag.setAttribute(name, value);
          Object.assign(tag, { user: script.author, accessToken: () => Promise.resolve(script.author) });
          document.body.append(tag);
        }
        open();
        for (const { after, act } of script.steps) {
          await (after === 'answer' ? answers() : pause(after));
          switch (act) {
            case 'check':
              for (const tag of tags) tag.check();
              break;
            case 'reopen':
              for (const tag of tags) tag.clear();
              await pause(20);
              open();
              break;
            case 'encounter':
              encounter = `encounter-${script.index}-${++encounters}`;
              open();
              break;
            case 'move':
              for (const tag of tags) document.body.prepend(tag);
              break;
            case 'away':
              for (const tag of tags) tag.remove();
              await pause(50);
              document.body.append(...tags);
          }
          // The host's task ends, and what it started begins.
          await pause(5);
        }
        await answers();
        const said = tags.map((tag) => tag.getAttribute('reason') ?? tag.getAttribute('status') ?? '').join(' and ');
        for (const tag of tags) tag.remove();
        return [script.index, said];
      };

      const played: (readonly [number, string])[] = [];
      const queue = [...all];
      const work = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) played.push(await playOne(next));
      };
      await Promise.all(Array.from({ length: 12 }, work));
      return played;
    },
    scripts,
    timeout,
  );
