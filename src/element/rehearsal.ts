import { nothing, render } from 'lit';

import { idle, reduce, viewOf, type BannerState } from '../domain/banner-state.js';
import { historyOf } from '../domain/history-of.js';
import { page } from '../session/page.js';
import { whenIdle } from './frame.js';
import { freshReader, modelOf, type Actions } from './model.js';
import { banner } from './views/banner.js';

const question = 0;
const episode = { setting: 'emergency-department', attendance: 'unscheduled' } as const;
const ignore = (): void => undefined;
/** For a banner that is drawn and never pressed. */
export const noActions: Actions = {
  check: ignore,
  checkVisits: ignore,
  set: ignore,
  reveal: ignore,
  close: ignore,
  copy: ignore,
  called: ignore,
};

/** The successive states of one invented open, from the register side's news of it. */
async function invented(): Promise<readonly BannerState[]> {
  const { open, news } = await page.link.rehearse();
  const states = [
    reduce(idle, {
      type: 'asked',
      asked: { open, setting: episode.setting, traceId: '', openedAt: Date.now(), question },
    }),
  ];
  for (const one of news)
    if (one.kind === 'reply') states.push(reduce(states.at(-1)!, { type: 'replied', question, reply: one.reply }));
    else states.push(reduce(states.at(-1)!, { type: 'visits', question, visits: one.visits }));
  return states;
}

function draw(state: BannerState, layout: string, root: HTMLElement): void {
  const now = Date.now();
  const view = viewOf(state, 'asked' in state ? (state.asked?.open.nhsNumber ?? '') : '', now);
  const host = {
    ...episode,
    layout,
    discreet: false,
    outOfSync: false,
    officeHours: '',
    homeAuthorities: '',
    service: '',
  };
  const facts = { view, now, nhsNumber: view.asked?.open.nhsNumber ?? '', history: historyOf(view, ''), ...host };
  render(banner(modelOf({ ...facts, isLong: false, canTryAgain: false, reader: freshReader }), noActions), root);
}

/**
 * Reads and draws a whole invented answer where nobody sees or hears it, in a root that is in no document. Each step is
 * a task of its own; `goes` is asked before each whether to go on.
 */
async function rehearse(goes: () => boolean): Promise<void> {
  for (const layout of ['panel', 'banner']) {
    if (!goes()) return;
    const root = document.createElement('div');
    for (const state of await invented()) {
      if (!goes()) return;
      draw(state, layout, root);
      await new Promise((resolve) => setTimeout(resolve));
    }
    render(nothing, root);
  }
}

let isOver = false;
let giveUp = ignore;

/**
 * While the page is idle, rehearses a whole open, so that for the first patient all code has run and all templates are
 * parsed. Called again, it waits for another idle moment.
 */
export function rehearseWhenIdle(): void {
  giveUp();
  if (isOver) return;
  giveUp = whenIdle(() => {
    let goes = true;
    giveUp = () => {
      goes = false;
    };
    // If cancelled, it starts again another time; a drawing that fails is reported when somebody is open.
    rehearse(() => goes).then(() => {
      isOver ||= goes;
    }, stopRehearsing);
  });
}

/** The page is busy: what has not been rehearsed will run for the first time. */
export function stopRehearsing(): void {
  giveUp();
  isOver = true;
}
