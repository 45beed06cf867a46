import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { violations } from '../support/page/axe.js';
import { onBarePage } from '../support/page/bare-page.js';
import { emulateMedia, setWidth } from '../support/page/devtools.js';
import { hasForcedColours, needing } from '../support/page/engine.js';
import { faintShapes, faintTexts } from '../support/page/faint.js';
import { broken, overlaps, spills } from '../support/page/fit.js';
import { pressAll, rootOf } from '../support/page/page.js';
import { attendancesOf, layouts, open, states } from '../support/page/states.js';

/** Windows in CSS pixels. The last is one of 1,280 pixels at 400 % zoom. */
const windows = [
  [320, 1],
  [420, 1],
  [700, 1],
  [900, 1],
  [1240, 1],
  [320, 4],
] as const;

const cells = (banner: CpIsBanner): string => rootOf(banner).innerHTML.replace(/<!--.*?-->/gs, '');

for (const [width, zoom] of windows)
  needing(zoom === 1 ? undefined : 'a zoom').describe(
    `every cell of states, attendances and layouts, at ${width} px${zoom === 1 ? '' : `, zoomed to ${zoom}00 %`}`,
    () => {
      const seen = new Set<string>();
      onBarePage();
      before(async () => {
        document.documentElement.lang = 'en-GB';
        document.title = 'Record';
        document.body.insertAdjacentHTML('afterbegin', '<main><h1>Record</h1></main>');
        await setWidth(width, zoom);
      });
      after(() => {
        document.querySelector('main')?.remove();
      });

      const check = async (banner: CpIsBanner, what: string): Promise<void> => {
        if (seen.has(cells(banner))) return;
        seen.add(cells(banner));
        expect(await violations(banner), `${what}: axe`).to.deep.equal([]);
        expect(spills(banner), `${what}: does not fit`).to.deep.equal([]);
        expect(overlaps(banner), `${what}: lie on each other`).to.deep.equal([]);
        expect(broken(banner), `${what}: broken over a line`).to.deep.equal([]);
        expect([...faintTexts(banner), ...faintShapes(banner)], `${what}: faint`).to.deep.equal([]);
        if (!hasForcedColours) return;
        await emulateMedia({ forcedColours: true });
        expect(faintTexts(banner), `${what}: faint in forced colours`).to.deep.equal([]);
        expect(spills(banner), `${what}: does not fit in forced colours`).to.deep.equal([]);
        await emulateMedia();
      };

      for (const state of states)
        it(`${state.name}: axe finds nothing, everything is visible, fits and stays whole${hasForcedColours ? ', in forced colours too' : ''}`, async () => {
          for (const attendance of [...attendancesOf(state), 'not-brought'] as const) {
            if (attendance === 'not-brought' && state.only === 'unscheduled') continue;
            const banner = await (attendance === 'not-brought'
              ? open(state, 'scheduled', { attendance })
              : open(state, attendance));
            document.querySelector('main')?.append(banner);
            for (const layout of layouts) {
              banner.layout = layout;
              await banner.updateComplete;
              await check(banner, `${attendance}, ${layout}`);
              await pressAll(banner, /^(Details|Show|Opened in error\?)$/);
              await check(banner, `${attendance}, ${layout}, opened`);
            }
            banner.remove();
          }
        });
    },
  );
