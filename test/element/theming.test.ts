import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { styles } from '../../src/element/styles/index.js';
import { unmountAll } from '../support/page/banner.js';
import { find, rootOf } from '../support/page/page.js';
import { layouts, open, stateNamed } from '../support/page/states.js';

/** One row of the guide's tables. The first cells are without their code marks. */
type Row = readonly string[];
const rowsOf = (guide: string, heading: string): readonly Row[] =>
  guide
    .split(`## ${heading}\n`)[1]!
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, 4)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );

const guide = async (): Promise<string> => (await fetch('/docs/theming.md')).text();

/** Each property that the style sheet reads: its fall-back from nhsuk-frontend, and its default in light colours. */
const used = [
  ...styles.cssText.matchAll(
    /var\((--cp-is-[\w-]+),\s*(?:var\((--nhsuk-[\w-]+),\s*)?(?:var\((--[\w-]+-default)\)|([^)]+))/g,
  ),
].map(([, name = '', fallBack = '', named, otherwise = '']) => [
  name,
  fallBack,
  named === undefined ? otherwise : light(named),
]);

/** The first declaration is the light one. */
function light(name: string): string {
  return new RegExp(`${name}:\\s*([^;]+);`).exec(styles.cssText)?.[1] ?? '';
}

const fallBackOf = (property: string): string => used.find(([name]) => name === property)?.[1] ?? '';

const partsOf = (banner: CpIsBanner): readonly string[] =>
  [...rootOf(banner).querySelectorAll('[part]')].map((element) => element.getAttribute('part') ?? '');

const style = (banner: CpIsBanner, selector: string): CSSStyleDeclaration => getComputedStyle(find(banner, selector));

/** Sets these on the tag only. */
function setOn(banner: CpIsBanner, properties: Readonly<Record<string, string>>): void {
  banner.removeAttribute('style');
  for (const [name, value] of Object.entries(properties)) banner.style.setProperty(name, value);
}

describe('the guide to theming', () => {
  afterEach(unmountAll);

  it('lists every custom property, with its fall-back and its default', async () => {
    const unique = [...new Set(used.map((row) => row.join(' ')))].sort();
    const listed = rowsOf(await guide(), 'Custom properties').map((row) => row.join(' '));
    expect([...listed].sort()).to.deep.equal(unique);
    expect(styles.cssText.match(/--cp-is-[\w-]+/g)).to.have.lengthOf(used.length);
  });

  it('lists every part, and the tag has them', async () => {
    const drawn = new Set<string>();
    for (const name of ['child protection plan', 'several authorities']) {
      const banner = await open(stateNamed(name));
      for (const layout of layouts) {
        banner.layout = layout;
        await banner.updateComplete;
        for (const part of partsOf(banner)) drawn.add(part);
      }
    }
    const listed = rowsOf(await guide(), 'Parts').map(([part]) => part);
    expect([...drawn].sort()).to.deep.equal([...listed].sort());
    expect(listed).to.deep.equal(['banner', 'heading', 'plans', 'contacts', 'visits', 'foot']);
  });
});

describe('theming', () => {
  afterEach(() => {
    unmountAll();
    document.documentElement.removeAttribute('style');
    for (const sheet of document.querySelectorAll('.hosts')) sheet.remove();
  });

  const teal = 'rgb(0, 80, 90)';
  const rows: readonly [property: string, state: string, selector: string, where: string][] = [
    ['--cp-is-text', 'looked after', 'h2', 'color'],
    ['--cp-is-secondary', 'looked after', 'h3', 'color'],
    ['--cp-is-link', 'looked after', 'a', 'color'],
    ['--cp-is-rule', 'looked after', '.banner', 'border-top-color'],
    ['--cp-is-background', 'looked after', '.sheet', 'background-color'],
    ['--cp-is-alert', 'child protection plan', '.heading', 'background-color'],
    ['--cp-is-alert-edge', 'child protection plan', '.banner', 'border-left-color'],
    ['--cp-is-care', 'looked after', '.heading', 'background-color'],
    ['--cp-is-care-edge', 'looked after', '.banner', 'background-color'],
    ['--cp-is-care-edge-line', 'looked after', '.banner', 'border-left-color'],
    ['--cp-is-ended', 'ended', '.heading', 'background-color'],
    ['--cp-is-ended-edge', 'ended', '.banner', 'border-left-color'],
    ['--cp-is-failed', 'not checked: busy', '.heading', 'background-color'],
    ['--cp-is-tag', 'several authorities', '.tag', 'background-color'],
    ['--cp-is-tag-text', 'several authorities', '.tag', 'color'],
    ['--cp-is-failed-edge', 'not checked: busy', '.banner', 'border-left-color'],
    ['--cp-is-edge', 'none', '.banner', 'border-left-color'],
  ];
  for (const [property, state, selector, where] of rows)
    it(`${property} colours ${selector}, set on the tag or around it, before its fall-back`, async () => {
      const banner = await open(stateNamed(state));
      const colour = (): string => style(banner, selector).getPropertyValue(where);
      expect(colour()).not.to.equal(teal);
      setOn(banner, { [property]: teal });
      expect(colour()).to.equal(teal);
      const fallBack = fallBackOf(property);
      if (fallBack !== '') {
        setOn(banner, { [fallBack]: teal });
        expect(colour()).to.equal(teal);
        setOn(banner, { [fallBack]: 'rgb(9, 9, 9)', [property]: teal });
        expect(colour()).to.equal(teal);
      }
      setOn(banner, {});
      document.documentElement.style.setProperty(property, teal);
      expect(colour()).to.equal(teal);
    });

  it('--cp-is-focus and --cp-is-focus-text colour the focused element', async () => {
    const banner = await open(stateNamed('looked after'));
    banner.style.cssText = '--cp-is-focus: rgb(1, 2, 3); --cp-is-focus-text: rgb(250, 251, 252)';
    find(banner, 'a').focus();
    const focus = (): readonly string[] => [style(banner, 'a').backgroundColor, style(banner, 'a').color];
    expect(focus()).to.deep.equal(['rgb(1, 2, 3)', 'rgb(250, 251, 252)']);
    banner.style.cssText = '--nhsuk-focus-color: rgb(4, 5, 6); --nhsuk-focus-text-color: rgb(240, 241, 242)';
    expect(focus()).to.deep.equal(['rgb(4, 5, 6)', 'rgb(240, 241, 242)']);
  });

  it('--cp-is-font and --cp-is-font-size set the font and its size, and the layout follows the size', async () => {
    const banner = await open(stateNamed('several authorities'));
    banner.style.cssText = 'width: 780px; --cp-is-font: Georgia; --cp-is-font-size: 14px';
    expect([style(banner, 'p').fontFamily, style(banner, '.banner').fontSize]).to.deep.equal(['Georgia', '14px']);
    expect(style(banner, '.cells').display).to.equal('flex');
    banner.style.setProperty('--cp-is-font-size', '20px');
    expect(style(banner, '.cells').display).to.equal('block');
  });

  it('::part() reaches the parts', async () => {
    const banner = await open(stateNamed('child protection plan'));
    const sheet = document.createElement('style');
    sheet.className = 'hosts';
    sheet.textContent = ['banner', 'heading', 'plans', 'contacts', 'visits', 'foot']
      .map((part, index) => `cp-is-banner::part(${part}) { outline: ${index + 1}px solid ${teal} }`)
      .join('\n');
    document.head.append(sheet);
    const outlines = ['banner', 'heading', 'plans', 'contacts', 'visits', 'foot'].map(
      (part) => style(banner, `[part=${part}]`).outlineWidth,
    );
    expect(outlines).to.deep.equal(['1px', '2px', '3px', '4px', '5px', '6px']);
  });
});
