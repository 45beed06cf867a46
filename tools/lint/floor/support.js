import { readFileSync } from 'node:fs';
import bcd from '@mdn/browser-compat-data/forLegacyNode';

export const { api, css, javascript } = bcd;

const { browserslist } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

/** Each browser of the floor, its name in the compatibility data, and its oldest supported version. */
const floor = browserslist.map((browser) => {
  const [name, version] = browser.split(' ');
  return { browser, name: name === 'ios_saf' ? 'safari_ios' : name, version: Number(version) };
});

const versionOf = (text) => Number.parseFloat(text.replace('≤', ''));

/** Whole, under its own name and without a setting, at this version. */
const isIn = (version, { version_added: added, version_removed: removed, ...but }) =>
  typeof added === 'string' &&
  versionOf(added) <= version &&
  !(typeof removed === 'string' && versionOf(removed) <= version) &&
  !but.prefix &&
  !but.alternative_name &&
  !but.flags &&
  !but.partial_implementation;

/** The browsers of the floor that lack a feature of the compatibility data, such as “safari 16.4”. */
export const lackedBy = ({ __compat: { support } }) =>
  floor
    .filter(({ name, version }) => support[name] && ![support[name]].flat().some((one) => isIn(version, one)))
    .map(({ browser }) => browser)
    .join(', ');

/** What a feature of the compatibility data holds, by name. */
export const partsOf = (feature) =>
  Object.entries(feature).filter(([name, part]) => name !== '__compat' && part.__compat);
