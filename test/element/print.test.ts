import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { unmountAll } from '../support/page/banner.js';
import { resume, stopDateAt } from '../support/page/clock.js';
import { emulateMedia } from '../support/page/devtools.js';
import { needing } from '../support/page/engine.js';
import { pressAll, rootOf } from '../support/page/page.js';
import { attendancesOf, layouts, open, states, sunday } from '../support/page/states.js';

/** Every text that is laid out at all, even where only assistive technology would find it. */
function laidOut(banner: CpIsBanner): readonly string[] {
  const texts: string[] = [];
  const walker = document.createTreeWalker(rootOf(banner), NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const text = walker.currentNode.nodeValue?.trim() ?? '';
    if (text !== '' && walker.currentNode.parentElement?.checkVisibility() === true) texts.push(text);
  }
  return texts;
}

needing('paper').describe('on paper', () => {
  before(async () => {
    stopDateAt(sunday);
    await emulateMedia({ print: true });
    expect(matchMedia('print').matches).to.equal(true);
  });
  afterEach(unmountAll);
  after(async () => {
    resume();
    await emulateMedia();
  });

  for (const state of states)
    for (const attendance of attendancesOf(state))
      it(`${state.name}, ${attendance}: that there is something to read, and nothing of it`, async () => {
        const [status] = state.is;
        const banner = await open(state, attendance);
        for (const layout of layouts) {
          banner.layout = layout;
          await banner.updateComplete;
          await pressAll(banner, /^(Details|Show|Opened in error\?)$/);
          expect(laidOut(banner), layout).to.deep.equal(
            status === 'idle'
              ? []
              : [
                  status === 'not-checked' || status === 'checking'
                    ? 'CP-IS not checked: status unknown'
                    : 'CP-IS checked 22-Nov-2026 21:42: see the electronic record.',
                ],
          );
          const shapes = [...rootOf(banner).querySelectorAll('svg')].filter((shape) => shape.checkVisibility());
          expect(shapes, 'icons and strips').to.deep.equal([]);
        }
      });

  it('held and none look alike: the edge gives nothing away', async () => {
    const edges = [];
    for (const state of states.filter(({ is: [status] }) => ['current', 'ended', 'none'].includes(status))) {
      const banner = await open(state, state.only ?? 'unscheduled');
      const { backgroundColor, borderLeftColor } = getComputedStyle(rootOf(banner).querySelector('.banner')!);
      edges.push(`${backgroundColor} ${borderLeftColor}`);
    }
    expect(new Set(edges).size).to.equal(1);
  });
});

describe('motion', () => {
  before(() => {
    stopDateAt(sunday);
  });
  afterEach(async () => {
    unmountAll();
    await emulateMedia();
  });
  after(resume);

  for (const reducedMotion of [false, true])
    needing(reducedMotion ? 'reduced motion' : undefined).it(
      `nothing moves, less of it asked for or not (${String(reducedMotion)})`,
      async () => {
        await emulateMedia({ reducedMotion });
        expect(matchMedia('(prefers-reduced-motion: reduce)').matches).to.equal(reducedMotion);
        for (const state of states) {
          const banner = await open(state, state.only ?? 'unscheduled');
          await pressAll(banner, /^(Details|Show|Opened in error\?)$/);
          expect(document.getAnimations(), state.name).to.deep.equal([]);
          for (const element of rootOf(banner).querySelectorAll('*')) {
            const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
            expect([animationName, transitionDuration, scrollBehavior]).to.deep.equal(['none', '0s', 'auto']);
          }
          banner.remove();
        }
      },
    );
});
