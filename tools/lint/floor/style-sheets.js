import { parse } from 'postcss';

import { css, floorRule, lackedBy, partsOf } from './support.js';

/** A style sheet in a built file: rules without markup. */
const isSheet = (text) => /\{[^{}]*:[^{}]*\}/.test(text) && !/<\/?[a-z]/.test(text);

/** The functions of every type of value, such as “color-mix” of “color”. */
const functions = Object.fromEntries(
  Object.entries(css.types).flatMap(([name, type]) => [...(type.__compat ? [[name, type]] : []), ...partsOf(type)]),
);

const wordsOf = (pattern, text) => [...new Set(text.match(pattern))];

/** Each feature that a node of a style sheet uses, as it is written there, with its place in the compatibility data. */
function* featuresOf(node) {
  if (node.type === 'decl') {
    const property = css.properties[node.prop];
    yield [node.prop, hasPrefixedTwin(node) ? undefined : property];
    for (const word of wordsOf(/[a-z][-a-z]*/g, node.value)) yield [`${node.prop}: ${word}`, property?.[word]];
    for (const name of wordsOf(/[a-z][-a-z]*(?=\()/g, node.value)) yield [`${name}()`, functions[name]];
  } else if (node.type === 'rule') {
    if (node.parent.type === 'rule') yield [`${node.selector} in a rule`, css.selectors.nesting];
    for (const pseudo of wordsOf(/::?[a-z][-a-z]*/g, node.selector))
      yield [pseudo, css.selectors[pseudo.replace(/^:+/, '')]];
  } else if (node.type === 'atrule') {
    const rule = css['at-rules'][node.name];
    yield [`@${node.name}`, rule];
    for (const asked of wordsOf(/(?<=\()[a-z][-a-z]*/g, node.params)) yield [`@${node.name} (${asked})`, rule?.[asked]];
  }
}

const hasPrefixedTwin = ({ prop, parent }) => parent.nodes.some((twin) => twin.prop === `-webkit-${prop}`);

const squeezed = (text) => text.replace(/\s/g, '');

/** Whether a text has this name, and not only as a part of a longer one. */
const hasName = (text, name) =>
  new RegExp(`(?<![-\\w])${name.replace(/[^-\w]/g, '\\$&')}(?:(?<=\\()|(?![-\\w]))`).test(text);

/** Whether a rule around the node, such as “@supports (color: light-dark(red, red))”, asks the browser for just that. */
const isAskedFor = (name, { parent }) =>
  parent !== undefined &&
  ((parent.name === 'supports' &&
    !/\b(?:not|or)\b/.test(parent.params) &&
    hasName(squeezed(parent.params), squeezed(name.replace(')', '')))) ||
    isAskedFor(name, parent));

export const newStyles = floorRule('Style sheets use what the floor of browsers has', (use) => ({
  TemplateLiteral(template) {
    const text = template.quasis.map(({ value }) => value.cooked).join('var(--inserted)');
    if (!isSheet(text)) return;
    parse(text).walk((node) => {
      for (const [name, feature] of featuresOf(node))
        if (!isAskedFor(name, node)) use(template, name, feature?.__compat && lackedBy(feature));
    });
  },
}));
