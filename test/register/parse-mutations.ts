import fc from 'fast-check';

type Path = readonly string[];

/** The body as it arrives over HTTP: no `undefined`, no shared objects. */
export const wire = (body: unknown): unknown => JSON.parse(JSON.stringify(body)) as unknown;

/** The path of every node, the root's first. */
export function pathsOf(node: unknown, path: Path = []): readonly Path[] {
  if (typeof node !== 'object' || node === null) return [path];
  return [path, ...Object.entries(node).flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

const isNode = (node: unknown): node is Record<string, unknown> => typeof node === 'object' && node !== null;

/** The node at a path of a JSON value. Never a prototype, whatever the key. */
export const nodeAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, key) => (isNode(node) && Object.hasOwn(node, key) ? node[key] : undefined), root);

/** Changes one node: `undefined` removes it, anything else replaces it. */
export function changed(root: unknown, path: Path, value: unknown): unknown {
  const copy = wire(root);
  const key = path.at(-1);
  if (key === undefined) return value ?? null;
  const parent = nodeAt(copy, path.slice(0, -1));
  // In JSON a list has no keys but its positions.
  if (!isNode(parent) || (Array.isArray(parent) && !/^\d+$/.test(key))) return copy;
  if (value !== undefined)
    Object.defineProperty(parent, key, { value, enumerable: true, writable: true, configurable: true });
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
  return copy;
}

/** Values that are nearly right somewhere in a Bundle; `undefined` removes the node. */
const tricky: readonly unknown[] = [
  ...[undefined, null, true, false, 0, 1, -1, 0.5, '', '0', '1', ' ', 'x', [], {}, [[]], [null], [{}], { length: 0 }],
  ...['searchset', 'collection', 'batch-response', 'next', 'self', 'match', 'include', 'outcome', '2025-02-30'],
  ...['Bundle', 'CareTeam', 'AuditEvent', 'OperationOutcome', 'Patient/9990000026', 'PAT', 'ASSIGNED'],
  [{ relation: 'next', url: 'https://register.example/?page=2' }],
  [{ resource: { resourceType: 'OperationOutcome' }, search: { mode: 'outcome' } }],
  { resourceType: 'OperationOutcome', issue: [] },
];

const keys = ['total', 'type', 'entry', 'link', 'relation', 'url', 'resourceType', 'resource', 'search', '__proto__'];

/** A body with up to this many changes: any node removed, replaced, or given one more key. */
export const mutationsOf = (body: unknown, most: number): fc.Arbitrary<unknown> =>
  fc
    .array(
      fc.record({
        at: fc.nat(),
        key: fc.option(fc.constantFrom(...keys), { freq: 3, nil: undefined }),
        value: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...tricky) }, fc.jsonValue({ maxDepth: 2 })),
      }),
      { minLength: 1, maxLength: most },
    )
    .map((changes) =>
      changes.reduce<unknown>((root, { at, key, value }) => {
        const paths = pathsOf(root);
        const path = paths[at % paths.length] ?? [];
        return changed(root, key !== undefined && isNode(nodeAt(root, path)) ? [...path, key] : path, value);
      }, wire(body)),
    );
