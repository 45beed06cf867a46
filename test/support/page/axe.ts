import type axeCore from 'axe-core';
import 'axe-core/axe.min.js';

declare const axe: typeof axeCore;

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with the whole page, or a part of it. */
export async function violations(where: axeCore.ElementContext = document): Promise<readonly string[]> {
  const result = await axe.run(where, { runOnly: rules, resultTypes: ['violations'] });
  return result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}
