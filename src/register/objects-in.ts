/** Every object and list of a body, the body itself first; without recursion, since a body may be nested without end. */
export function* objectsIn(body: unknown): Generator<object> {
  const left = [body];
  while (left.length > 0) {
    const node = left.pop();
    if (typeof node !== 'object' || node === null) continue;
    yield node;
    for (const child of Object.values(node) as readonly unknown[]) left.push(child);
  }
}
