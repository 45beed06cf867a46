import { expect } from 'chai';

import { needing } from '../support/page/engine.js';
import { find, pressAll, rootOf } from '../support/page/page.js';
import { colourOf, contrast, ground, inkOf, visibleTexts } from '../support/page/paint.js';
import { onSunday, open, stateNamed, states } from '../support/page/states.js';

/** A system colour as this browser now paints it. */
function systemColour(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = name;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

needing('forced colours').describe('with the system’s own colours forced', () => {
  onSunday({ forcedColours: true });
  before(() => expect(matchMedia('(forced-colors: active)').matches).to.equal(true));

  for (const state of states.filter(({ name }) => name !== 'idle'))
    it(`${state.name}: texts, edges and pictures are painted in them, and stand out`, async () => {
      const banner = await open(state, state.only ?? 'unscheduled');
      await pressAll(banner, /^(Details|Show|Opened in error\?)$/);
      const system = ['CanvasText', 'Canvas', 'LinkText', 'ButtonText', 'GrayText'].map(systemColour);
      const paints = [...rootOf(banner).querySelectorAll('.icon *, .drawing *, .legend svg *')].flatMap((shape) => {
        const { fill, stroke } = getComputedStyle(shape);
        if (shape.matches('svg')) return [];
        if (shape.matches('.mark, .recent')) return [fill, stroke];
        return shape.matches('.axis, .stroke, .paper-stroke') ? [stroke] : [fill];
      });
      const isDrawn = find(banner, 'section').querySelector('.drawing') !== null;
      expect(isDrawn, 'the drawing is among them').to.equal(state.is[2] === 'shown' && state.name !== 'visits empty');
      for (const paint of paints) expect(system).to.include(paint);
      for (const { text, element } of visibleTexts(rootOf(banner)))
        expect(contrast(inkOf(element), ground(element)), text).to.be.at.least(4.5);
      const edge = getComputedStyle(find(banner, '.banner'));
      expect([edge.borderLeftColor, edge.borderLeftWidth]).to.deep.equal([systemColour('CanvasText'), '8px']);
    });

  it('not checked and out of sync have an edge of a different shape, because there is no red', async () => {
    const failed = await open(stateNamed('not checked: busy'));
    const lost = await open(stateNamed('child protection plan'), 'unscheduled', { outOfSync: true });
    const none = await open(stateNamed('none'));
    const style = [failed, lost, none].map((banner) => getComputedStyle(find(banner, '.banner')).borderLeftStyle);
    expect(style).to.deep.equal(['double', 'double', 'solid']);
  });

  it('the focused element has an outline, because it has no background colour', async () => {
    const banner = await open(stateNamed('child protection plan'));
    const link = find(banner, 'a');
    link.focus();
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(link);
    expect([outlineStyle, outlineWidth]).to.deep.equal(['solid', '4px']);
    expect(contrast(colourOf(outlineColor), ground(link))).to.be.at.least(3);
  });
});
