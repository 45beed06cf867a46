import type { CpIsBanner } from '../../../src/index.js';
import { rootOf } from './page.js';
import { visibleTexts } from './paint.js';

/** Texts that are outside the tag or cut by a box around them, and anything that scrolls sideways. */
export function spills(banner: CpIsBanner): readonly string[] {
  const frame = banner.getBoundingClientRect();
  const range = document.createRange();
  const texts = visibleTexts(rootOf(banner)).flatMap(({ text, node, element }) => {
    if (element instanceof SVGElement) return [];
    range.selectNodeContents(node);
    const { left, right } = range.getBoundingClientRect();
    return left < frame.left - 0.5 || right > frame.right + 0.5 ? [`${text}: ${left} to ${right}`] : [];
  });
  const cut = [...rootOf(banner).querySelectorAll<HTMLElement>('*:not(.unseen, .unseen *)')].flatMap((element) =>
    element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1
      ? [`${element.localName}.${element.className}: ${element.scrollWidth} in ${element.clientWidth}`]
      : [],
  );
  const { scrollWidth, clientWidth } = document.documentElement;
  return [...texts, ...cut, ...(scrollWidth > clientWidth ? [`the page: ${scrollWidth} in ${clientWidth}`] : [])];
}

/** Texts that overlap each other. */
export function overlaps(banner: CpIsBanner): readonly string[] {
  const range = document.createRange();
  const boxes = visibleTexts(rootOf(banner)).flatMap(({ text, node, element }) => {
    range.selectNodeContents(node);
    return [...range.getClientRects()].map((box) => ({ text, element, box }));
  });
  return boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter(({ element, box }) => {
        if (element === one.element) return false;
        const across = Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left);
        const down = Math.min(one.box.bottom, box.bottom) - Math.max(one.box.top, box.top);
        return across > 1 && down > 4;
      })
      .map(({ text }) => `${one.text} and ${text}`),
  );
}

/** Numbers, dates and NHS numbers that are broken over two lines. */
export const broken = (banner: CpIsBanner): readonly string[] =>
  [...rootOf(banner).querySelectorAll('.whole, a.phone')]
    .filter((whole) => new Set([...whole.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
    .map(({ textContent }) => textContent);
