import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { unmountAll } from '../support/page/banner.js';
import { resume, stopDateAt } from '../support/page/clock.js';
import { setWidth } from '../support/page/devtools.js';
import { find, pressAll, rootOf } from '../support/page/page.js';
import { contrast, ground, inkOf, visibleTexts } from '../support/page/paint.js';
import { layouts, open, stateNamed, sunday } from '../support/page/states.js';

/** Gives the page this style sheet until the test is over. */
function styled(css: string): void {
  const sheet = document.createElement('style');
  sheet.className = 'hosts';
  sheet.textContent = css;
  document.head.append(sheet);
}

/**
 * The only sizes of the tag, in pixels where the reader's own is 16. Nothing that can be acted on is smaller than the
 * text.
 */
const sizes = [14, 16, 19, 22];

interface Drawn {
  readonly says: string;
  readonly box: readonly number[];
}

/** Where and in what size and colour each text is drawn, relative to the banner's corner. */
function drawn(banner: CpIsBanner, isDark: boolean): readonly Drawn[] {
  const corner = find(banner, '.banner').getBoundingClientRect();
  const range = document.createRange();
  return visibleTexts(rootOf(banner)).map(({ text, node, element }) => {
    range.selectNodeContents(node);
    const { left, top, width, height } = range.getBoundingClientRect();
    const box = [left - corner.left, top - corner.top, width, height];
    // On a dark page the banner is dark too.
    const paints = isDark ? '' : `in ${inkOf(element).join()} on ${ground(element).join()}`;
    return { says: `${text} ${getComputedStyle(element).fontSize} ${paints}`, box };
  });
}

/** Firefox aligns a table's rows to whole pixels of the screen, so they do not move quite as the page does. */
const isWhere = ({ says, box }: Drawn, before: Drawn | undefined): boolean =>
  says === before?.says && box.every((side, index) => Math.abs(side - (before.box[index] ?? NaN)) <= 0.5);

const hostile: Readonly<Record<string, string>> = {
  'everything unset': '* { all: unset !important }',
  'everything at its initial value': '* { all: initial !important }',
  'huge, red and right to left':
    '* { font-size: 40px !important; color: red !important; direction: rtl !important; background: black !important }',
  'text pulled apart':
    '* { letter-spacing: 1em !important; word-spacing: 2em !important; line-height: 0.5 !important; text-indent: -99px !important; text-align: right !important }',
  'another face':
    '* { font: italic 900 9px fantasy !important; text-transform: uppercase !important; font-variant: small-caps !important; white-space: nowrap !important }',
  'in columns':
    'cp-is-banner { columns: 3 !important; column-width: 90px !important; container-type: normal !important }',
  'a small root': 'html { font-size: 50% } body { font-size: 9px; zoom: 1 }',
  'its own sense of our names':
    '* { --text: red !important; --paper: red !important; --secondary: red !important; --edge: red !important; --tag: red !important } .banner, .ring, .heading, .cell { display: none !important }',
  'everything inside hidden': 'p, a, button, h2, h3, h4, svg, table, section, slot { display: none !important }',
  'a dark page': 'html { color-scheme: dark; background: #111; color: white } body { color: white }',
  'an ad blocker': 'cp-is-banner, [class*=banner] { display: none !important }',
};

describe('the host’s style sheet', () => {
  before(async () => {
    stopDateAt(sunday);
    await setWidth(900);
  });
  beforeEach(() => {
    document.body.style.cssText = 'margin: 0; padding: 0';
  });
  afterEach(() => {
    unmountAll();
    for (const sheet of document.querySelectorAll('.hosts')) sheet.remove();
    document.body.style.cssText = '';
  });
  after(async () => {
    resume();
    await setWidth(800);
  });

  for (const [name, css] of Object.entries(hostile))
    it(`${name}: every text is where it was, in its own size and colours`, async () => {
      for (const state of ['several authorities', 'looked after', 'none', 'not checked: busy'])
        for (const layout of layouts) {
          const banner = await open(stateNamed(state), 'unscheduled', { layout });
          await pressAll(banner, /^(Details|Show|Opened in error\?)$/);
          const isDark = name === 'a dark page';
          const before = drawn(banner, isDark);
          styled(css);
          const after = drawn(banner, isDark);
          const moved = after
            .filter((one, index) => !isWhere(one, before[index]))
            .map(({ says, box }) => `${says} at ${box.join()}`);
          expect([moved, after.length], `${state} ${layout}`).to.deep.equal([[], before.length]);
          for (const { text, element } of visibleTexts(rootOf(banner))) {
            expect(contrast(inkOf(element), ground(element)), text).to.be.at.least(4.5);
            const size = Math.round(parseFloat(getComputedStyle(element).fontSize));
            expect(sizes, text).to.include(size);
            if (element.closest('a, button, summary, .phone') !== null) expect(size, text).to.be.at.least(16);
          }
          for (const sheet of document.querySelectorAll('.hosts')) sheet.remove();
          banner.remove();
        }
    });

  it('right to left: words keep their order', async () => {
    document.body.dir = 'rtl';
    const banner = await open(stateNamed('child protection plan'));
    expect(getComputedStyle(find(banner, 'h2')).direction).to.equal('ltr');
    expect(find(banner, '.icon').getBoundingClientRect().left).to.be.below(
      find(banner, 'h2').getBoundingClientRect().left,
    );
    document.body.dir = '';
  });

  const isDrawn = (banner: CpIsBanner): boolean => visibleTexts(rootOf(banner)).length > 0;

  it('hides the banner with the attribute hidden, or by hiding what it stands in', async () => {
    const banner = await open(stateNamed('child protection plan'));
    expect(isDrawn(banner)).to.equal(true);
    banner.hidden = true;
    expect(isDrawn(banner)).to.equal(false);
    banner.hidden = false;
    for (const hidden of ['display: none', 'visibility: hidden', 'opacity: 0', 'content-visibility: hidden']) {
      document.body.style.cssText = hidden;
      expect(
        find(banner, 'h2').checkVisibility({
          visibilityProperty: true,
          opacityProperty: true,
          contentVisibilityAuto: true,
        }),
        hidden,
      ).to.equal(false);
    }
  });

  it('and in a drawer that is closed with visibility, nothing can be reached by keyboard', async () => {
    const banner = await open(stateNamed('child protection plan'));
    document.body.style.visibility = 'hidden';
    const link = find(banner, 'a');
    link.focus();
    expect(rootOf(banner).activeElement).to.equal(null);
  });
});
