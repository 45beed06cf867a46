/** Red, green, blue from 0 to 255, and alpha from 0 to 1. */
type Colour = readonly [red: number, green: number, blue: number, alpha: number];

export function colourOf(css: string): Colour {
  const [, numbers] = /^rgba?\((.*)\)$/.exec(css) ?? [];
  const [red, green, blue, alpha = 1] = (numbers ?? '').split(/[\s,/]+/).map(Number);
  if (red === undefined || green === undefined || blue === undefined) throw new Error(`no colour: ${css}`);
  return [red, green, blue, alpha];
}

/** One colour painted over another. */
function over([red, green, blue, alpha]: Colour, below: Colour): Colour {
  const mix = (top: number, under: number): number => top * alpha + under * (1 - alpha);
  return [mix(red, below[0]), mix(green, below[1]), mix(blue, below[2]), 1];
}

/** The element that an element is drawn on. At the top of a shadow tree it is the host. */
const below = (element: Element): Element | null =>
  element.parentElement ??
  (element.getRootNode() instanceof ShadowRoot ? (element.getRootNode() as ShadowRoot).host : null);

/** What an element's content is drawn on, down to the window's white or black. */
export function ground(element: Element | null): Colour {
  if (element === null) {
    const { colorScheme } = getComputedStyle(document.documentElement);
    return colorScheme === 'dark' ? [18, 18, 18, 1] : [255, 255, 255, 1];
  }
  return over(colourOf(getComputedStyle(element).backgroundColor), ground(below(element)));
}

/** What an element itself is drawn on. */
export const groundBelow = (element: Element): Colour => ground(below(element));

/** The contrast of two colours, 1 to 21 (WCAG 2). */
export function contrast(one: Colour, two: Colour): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(over(two, [255, 255, 255, 1]))].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance([red, green, blue]: Colour): number {
  const linear = (part: number): number => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** The texts that a sighted reader sees below a root, each with the element that paints it. */
export function visibleTexts(
  root: ParentNode,
): readonly { readonly text: string; readonly node: Node; readonly element: Element }[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode() !== null) {
    const node = walker.currentNode;
    const element = node.parentElement;
    const text = node.nodeValue?.trim() ?? '';
    if (element !== null && text !== '' && isSeen(element)) texts.push({ text, node, element });
  }
  return texts;
}

const isSeen = (element: Element): boolean =>
  element.tagName !== 'STYLE' &&
  element.closest('.unseen') === null &&
  element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
  !clipOf(element).includes('inset');

/** How an element, or a box around it, is clipped. */
const clipOf = (element: Element | null): string =>
  element === null ? '' : `${getComputedStyle(element).clipPath} ${clipOf(element.parentElement)}`;

/** The colour in which a text is painted. */
export const inkOf = (element: Element): Colour => {
  const { color, fill } = getComputedStyle(element);
  return colourOf(element instanceof SVGElement ? fill : color);
};
