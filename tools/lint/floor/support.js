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

/**
 * A rule that reports each feature that browsers of the floor lack, unless it is named in the rule's option. `visit` is
 * given a function to call with each use: its node, its name, and who lacks it (see `lackedBy`), if anybody does.
 */
export const floorRule = (description, visit) => ({
  meta: {
    type: 'problem',
    docs: { description },
    schema: [{ type: 'array', items: { type: 'string' } }],
    messages: { lacks: '{{name}} is newer than the floor: not in {{browsers}}.' },
  },
  create(context) {
    const allowed = new Set(context.options[0]);
    return visit((node, name, browsers) => {
      if (browsers && !allowed.has(name)) context.report({ node, messageId: 'lacks', data: { name, browsers } });
    });
  },
});
