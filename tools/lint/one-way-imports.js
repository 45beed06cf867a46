import { dirname, relative, resolve, sep } from 'node:path';

/**
 * What each room of `src/` may import, both rooms and packages. Imports run one way: domain ← contract ← {register,
 * store} ← worker; domain, contract ← session ← element ← index ← define.
 */
const rooms = {
  domain: { rooms: [], packages: [] },
  contract: { rooms: ['domain'], packages: [] },
  register: { rooms: ['domain', 'contract'], packages: ['valibot'] },
  store: { rooms: ['domain', 'contract'], packages: ['idb'] },
  worker: { rooms: ['domain', 'contract', 'register', 'store'], packages: ['comlink'] },
  session: { rooms: ['domain', 'contract'], packages: ['rxjs', 'comlink'] },
  contexts: { rooms: ['domain'], packages: [] },
  element: { rooms: ['domain', 'contract', 'session'], packages: ['lit'] },
  index: { rooms: ['domain', 'contract', 'element'], packages: [] },
  define: { rooms: ['index'], packages: [] },
};

const src = resolve(import.meta.dirname, '../../src');

/** The room of a file: its folder in `src/`, or its own name if it is directly in `src/`. Undefined outside `src/`. */
const roomOf = (file) => {
  const path = relative(src, file);
  return path.startsWith('..') ? undefined : path.split(sep)[0].replace(/\.[jt]s$/, '');
};

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

export const oneWayImports = {
  meta: {
    type: 'problem',
    docs: { description: 'Rooms of src/ import one way' },
    schema: [],
    messages: {
      room: '{{from}}/ must not import {{to}}: imports run one way (see README, Where the code is).',
      package: '{{from}}/ must not import the package {{to}} (see README, Where the code is).',
      unknown: '{{from}}/ is no room of the house.',
    },
  },
  create(context) {
    const from = roomOf(context.filename);
    if (from === undefined) return {};
    const allowed = rooms[from];
    const check = (node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      if (allowed === undefined) return context.report({ node, messageId: 'unknown', data: { from } });
      if (!specifier.startsWith('.')) {
        const to = packageOf(specifier);
        if (!allowed.packages.includes(to)) context.report({ node, messageId: 'package', data: { from, to } });
        return;
      }
      const to = roomOf(resolve(dirname(context.filename), specifier)) ?? 'files outside src/';
      if (to !== from && !allowed.rooms.includes(to)) context.report({ node, messageId: 'room', data: { from, to } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
