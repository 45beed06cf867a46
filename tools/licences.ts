// Checks that every installed package may be used here: it has a licence that asks nothing of the host, or is only a
// tool.
import { readFileSync } from 'node:fs';

interface Locked {
  readonly packages: Readonly<
    Record<string, { readonly license?: string; readonly dev?: boolean; readonly link?: boolean }>
  >;
}

/** For what is built into the tag, or run beside it. */
const free =
  /^\(?(?:MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0|PSF-2\.0|PostgreSQL|CC-BY-[34]\.0|WTFPL)\)?$/;
/** For tools of which nothing is built in. */
const tools = /^(?:MPL-2\.0|OFL-1\.1)$/;

/** Tools that state their licence in a file instead. Both are MIT. */
const inWords = ['node_modules/only', 'node_modules/spawndamnit'];

/** A choice is free when one of its parts is. A conjunction is free when all are. */
const isFree = (licence: string, forms: readonly RegExp[]): boolean => {
  const words = licence.replace(/^\(|\)$/g, '');
  if (words.includes(' OR ')) return words.split(' OR ').some((one) => isFree(one, forms));
  if (words.includes(' AND ')) return words.split(' AND ').every((one) => isFree(one, forms));
  return forms.some((form) => form.test(words));
};

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Locked;
const refused = Object.entries(packages).flatMap(([place, { license, dev = false, link = false }]) => {
  if (link || !place.includes('node_modules/') || (dev && inWords.includes(place))) return [];
  return license !== undefined && isFree(license, dev ? [free, tools] : [free])
    ? []
    : [`${place}: ${license ?? 'none named'}`];
});
console.log(refused.length === 0 ? `Licences: ${Object.keys(packages).length} packages, all free` : refused.join('\n'));
process.exitCode = refused.length === 0 ? 0 : 1;
