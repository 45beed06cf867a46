import { api, floorRule, javascript, lackedBy, partsOf } from './support.js';

const interfaces = { ...api, ...javascript.builtins };

/** “canParse_static” of URL is written URL.canParse, “toggle_event” is never written as a member. */
const asWritten = (part) => part.replace(/_static$/, '');

/** Members that no interface of the floor has: for each name the browsers that lack it. */
const newNames = new Map();
const oldNames = new Set();
for (const feature of Object.values(interfaces)) {
  // A browser without the interface gives no value of it, so its members cannot be called by mistake.
  if (feature.__compat && lackedBy(feature)) continue;
  for (const [part, member] of partsOf(feature)) {
    const lacking = lackedBy(member);
    if (lacking) newNames.set(asWritten(part), lacking);
    else oldNames.add(asWritten(part));
  }
}
for (const name of oldNames) newNames.delete(name);

/** The browsers that lack `interface.name`, if `object` names an interface; otherwise those in which no value has it. */
function lacking(object, name) {
  const isInterface = /^[A-Z]/.test(object) && Object.hasOwn(interfaces, object);
  if (!isInterface) return newNames.get(name);
  const feature = interfaces[object];
  const member = feature[`${name}_static`] ?? feature[name];
  return member?.__compat && lackedBy(member);
}

const nameOf = ({ computed, property, key }) => {
  const named = property ?? key;
  return computed ? named.value : named.name;
};

/**
 * Static members, and members of values. What a value is cannot be seen in a built file: of its members only those are
 * reported whose name is new altogether.
 */
export const newMembers = floorRule('Members of the platform that the floor of browsers lacks', (use) => {
  const check = (node, object) => {
    const name = nameOf(node);
    use(node, name, lacking(object?.name, name));
  };
  return {
    MemberExpression(node) {
      check(node, node.object);
    },
    'VariableDeclarator > ObjectPattern > Property'(node) {
      check(node, node.parent.parent.init);
    },
  };
});
