/** Every object and list in a body, the body first. Without recursion, since a body may be nested without limit. */
export function* objectsIn(body: unknown): Generator<object> {
  const left = [body];
  while (left.length > 0) {
    const node = left.pop();
    if (typeof node !== 'object' || node === null) continue;
    yield node;
    for (const child of Object.values(node) as readonly unknown[]) left.push(child);
  }
}
