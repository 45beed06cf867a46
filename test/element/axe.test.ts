import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { violations } from '../support/page/axe.js';
import { needing } from '../support/page/engine.js';
import { find, pressAll, rootOf } from '../support/page/page.js';
import { inEachState, layouts, onSunday, open, stateNamed } from '../support/page/states.js';

/** Cells that draw the same tree are examined only once with each kind of colours. */
const seen = new Set<string>();
const isNew = (banner: CpIsBanner, colours: string): boolean => {
  const tree = `${colours} ${rootOf(banner).innerHTML.replace(/<!--.*?-->/gs, '')}`;
  return !seen.has(tree) && seen.add(tree).has(tree);
};

for (const colours of ['light', 'forced'] as const)
  needing(colours === 'forced' ? 'forced colours' : undefined).describe(`axe finds nothing, ${colours} colours`, () => {
    onSunday({ forcedColours: colours === 'forced' });
    before(() => {
      document.documentElement.lang = 'en-GB';
      document.title = 'Record';
      document.body.insertAdjacentHTML('afterbegin', '<main><h1>Record</h1></main>');
    });
    after(() => document.querySelector('main')?.remove());

    it('and finds a fault that is there, inside the tag too', async () => {
      const banner = await open(stateNamed('none'));
      find(banner, 'section').removeAttribute('aria-label');
      find(banner, '.aside button').textContent = '';
      expect(matchMedia('(forced-colors: active)').matches).to.equal(colours === 'forced');
      expect((await violations()).join()).to.contain('button-name');
    });

    inEachState('in each layout, discreet or not, open or not', async (state, attendance) => {
      const banner = await open(state, attendance);
      document.querySelector('main')?.append(banner);
      for (const discreet of [false, true])
        for (const layout of layouts) {
          Object.assign(banner, { layout, discreet });
          await banner.updateComplete;
          if (isNew(banner, colours)) expect(await violations(), layout).to.deep.equal([]);
        }
      banner.discreet = false;
      banner.layout = 'banner';
      await banner.updateComplete;
      await pressAll(banner, /^(Details|Show|Opened in error\?)$/);
      if (isNew(banner, colours)) expect(await violations(), 'opened').to.deep.equal([]);
      banner.outOfSync = true;
      await banner.updateComplete;
      if (isNew(banner, colours)) expect(await violations(), 'out of sync').to.deep.equal([]);
      await pressAll(banner, /^Show$/);
      if (isNew(banner, colours)) expect(await violations(), 'out of sync, shown').to.deep.equal([]);
    });
  });
