/** Uses the document's own method, which an element named `createElement` cannot replace. */
export const make = (name: string): HTMLElement => {
  const own: unknown = Reflect.get(Document.prototype, 'createElement');
  return (own as (this: Document, name: string) => HTMLElement).call(document, name);
};

/** A host may have spoilt any one of the platform's ways, or made it do nothing: then the other is taken. */
function eitherWay(one: () => unknown, other: () => unknown, isDone: () => boolean): void {
  try {
    one();
    if (isDone()) return;
  } catch {
    // The other way is left.
  }
  other();
}

export function isHidden(element: HTMLElement): boolean {
  try {
    return Boolean(element.hidden);
  } catch {
    return element.hasAttribute('hidden');
  }
}

export const setHidden = (element: HTMLElement, hidden: boolean): void =>
  eitherWay(
    () => (element.hidden = hidden),
    () => element.toggleAttribute('hidden', hidden),
    () => isHidden(element) === hidden,
  );

export const takeOut = (node: Element): void =>
  eitherWay(
    () => node.remove(),
    () => node.parentNode?.removeChild(node),
    () => node.parentNode === null,
  );

export const putBefore = (next: Element, node: Element): void =>
  eitherWay(
    () => next.before(node),
    () => next.parentNode?.insertBefore(node, next),
    () => next.previousSibling === node,
  );

/** Throws where the platform's ways that lit draws by do nothing: a line would stay, be missing, or stand elsewhere. */
export function proveTree(): void {
  const parent = make('div');
  const child = make('p');
  child.textContent = '1';
  for (const node of [child.firstChild!, child] as ChildNode[]) {
    parent.insertBefore(node, null);
    const isIn = node.parentNode === parent;
    node.remove();
    if (!isIn || parent.hasChildNodes()) throw new Error('tree');
  }
  parent.setAttribute('class', '1');
  const set = parent.hasAttributes() && parent.className;
  parent.removeAttribute('class');
  if (set !== '1' || parent.hasAttributes()) throw new Error('attributes');
}
