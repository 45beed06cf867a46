import type { CpIsBanner } from '../../../src/index.js';
import { find, rootOf } from './page.js';
import { colourOf, contrast, ground, groundBelow, inkOf, visibleTexts } from './paint.js';

const round = (ratio: number): number => Math.round(ratio * 100) / 100;

/** The texts whose contrast with their background is below 4.5 to 1. */
export const faintTexts = (banner: CpIsBanner): readonly string[] =>
  visibleTexts(rootOf(banner))
    .map(({ text, element }) => ({ text, ratio: contrast(inkOf(element), ground(element)) }))
    .filter(({ ratio }) => ratio < 4.5)
    .map(({ text, ratio }) => `${text}: ${round(ratio)}`);

const fillOf = (shape: Element): ReturnType<typeof colourOf> => colourOf(getComputedStyle(shape).fill);
const strokeOf = (shape: Element): ReturnType<typeof colourOf> => colourOf(getComputedStyle(shape).stroke);
const painted = (element: Element, part: 'fill' | 'stroke'): readonly [string, number] => [
  `${element.getAttribute('class') ?? ''} ${part}`,
  contrast(colourOf(getComputedStyle(element)[part]), ground(element)),
];

/** Edges and pictures whose contrast with what they lie on is below 3 to 1. */
export function faintShapes(banner: CpIsBanner): readonly string[] {
  const all = (selector: string): readonly Element[] => [...rootOf(banner).querySelectorAll(selector)];
  const [frame] = all('.banner');
  if (frame === undefined) return [];
  const line = colourOf(getComputedStyle(frame).borderLeftColor);
  const ratios: (readonly [string, number])[] = [
    ['edge, against the page', contrast(line, groundBelow(frame))],
    [
      'edge, against the sheet',
      Math.max(contrast(line, ground(find(banner, '.sheet'))), contrast(ground(frame), ground(find(banner, '.sheet')))),
    ],
    ...all('.icon .ink, .here').map((shape) => painted(shape, 'fill')),
    ...all('.stroke, .mark, .axis').map((shape) => painted(shape, 'stroke')),
    ...all('.icon').flatMap(inside),
    ...all('.recent').flatMap((shade) =>
      all('.drawing .mark').map((mark) => ['mark, on the shade', contrast(strokeOf(mark), fillOf(shade))] as const),
    ),
    ...all('.bordered').map((edged) => {
      const edge = colourOf(getComputedStyle(edged).borderTopColor);
      return ['button’s border', contrast(edge, groundBelow(edged))] as const;
    }),
  ];
  return ratios.filter(([, ratio]) => ratio < 3).map(([name, ratio]) => `${name}: ${round(ratio)}`);
}

/** The sign inside a filled icon, against the fill. */
function inside(icon: Element): readonly (readonly [string, number])[] {
  const ink = icon.querySelector('.ink');
  if (ink === null) return [];
  const fill = colourOf(getComputedStyle(ink).fill);
  return [...icon.querySelectorAll('.paper, .paper-stroke')].map((sign) => {
    const style = getComputedStyle(sign);
    return ['icon’s sign', contrast(colourOf(sign.matches('.paper') ? style.fill : style.stroke), fill)] as const;
  });
}
