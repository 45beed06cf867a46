import { expect } from 'chai';

import { needing } from '../support/page/engine.js';
import { find, pressAll, rootOf } from '../support/page/page.js';
import { faintShapes, faintTexts } from '../support/page/faint.js';
import { colourOf, contrast, ground, groundBelow } from '../support/page/paint.js';
import { inEachState, layouts, onSunday, open, stateNamed } from '../support/page/states.js';

for (const [asked, moreContrast, isDark] of [
  ['', false, false],
  [', more contrast asked for', true, false],
  [', on a dark page', false, true],
  [', on a dark page, more contrast asked for', true, true],
] as const)
  needing(moreContrast ? 'more contrast' : undefined).describe(`everything stands out${asked}`, () => {
    onSunday({ moreContrast });
    before(() => {
      document.documentElement.style.colorScheme = isDark ? 'dark' : '';
      expect(matchMedia('(prefers-contrast: more)').matches).to.equal(moreContrast);
    });
    after(() => {
      document.documentElement.style.colorScheme = '';
    });

    inEachState('text by 4.5 to 1, edges and icons by 3 to 1', async (state, attendance) => {
      const banner = await open(state, attendance, { service: 'NHS 111 London' });
      const check = (what: string): void => {
        expect(faintTexts(banner), what).to.deep.equal([]);
        expect(faintShapes(banner), what).to.deep.equal([]);
      };
      for (const discreet of [true, false])
        for (const layout of layouts) {
          Object.assign(banner, { layout, discreet });
          await banner.updateComplete;
          check(`${layout} ${discreet ? 'discreet' : ''}`);
        }
      banner.layout = 'banner';
      await banner.updateComplete;
      await pressAll(banner, /^(Details|Show|Opened in error\?)$/);
      check('opened');
      banner.outOfSync = true;
      await banner.updateComplete;
      check('out of sync');
      await pressAll(banner, /^Show$/);
      check('out of sync, shown');
    });

    it('and so does the focus, on every background it can have', async () => {
      for (const name of ['several authorities', 'looked after', 'ended', 'none', 'not checked: busy'])
        for (const attendance of ['unscheduled', 'scheduled'] as const) {
          const banner = await open(stateNamed(name), attendance, { layout: 'panel' });
          for (const control of rootOf(banner).querySelectorAll<HTMLElement>('a, button')) {
            control.focus();
            expect(control.matches(':focus-visible')).to.equal(true);
            const { color, backgroundColor, boxShadow } = getComputedStyle(control);
            const lines = [...boxShadow.matchAll(/rgb\([^)]*\)/g)].map(([line]) => colourOf(line));
            const strongest = Math.max(...lines.map((line) => contrast(line, groundBelow(control))));
            expect(strongest, `${name}: focus line`).to.be.at.least(3);
            expect(contrast(colourOf(color), colourOf(backgroundColor)), `${name}: text`).to.be.at.least(4.5);
          }
        }
    });

    it('and a text that does not would be found', async () => {
      const banner = await open(stateNamed('looked after'));
      expect(contrast(ground(find(banner, '.sheet')), [0, 0, 0, 1]) < 2, 'the sheet is dark').to.equal(isDark);
      banner.style.setProperty('--cp-is-secondary', isDark ? '#566' : '#9aa');
      banner.style.setProperty('--cp-is-care-edge-line', isDark ? '#222' : '#ffb81c');
      if (!moreContrast) expect(faintTexts(banner)).not.to.deep.equal([]);
      expect(faintShapes(banner).join()).to.contain('edge, against the page: 1.');
    });
  });
