/**
 * Keeps a list of elements in step with data. It leaves alone what did not change, so that an arriving alert does not
 * take the focus or the selection from somebody at work.
 */
export interface Keyed {
  key: string;
  /** What the element shows. It is drawn again only when this changes. */
  shows: string;
  draw: () => HTMLElement;
}

/** @returns a function that fills the list, and returns whether anything in it has moved */
export const keyedList = (list: HTMLElement): ((items: readonly Keyed[]) => boolean) => {
  const drawn = new Map<string, { shows: string; element: HTMLElement }>();
  return (items) => {
    const keys = new Set(items.map(({ key }) => key));
    const focused = focusIn(drawn);
    let moved = false;
    for (const [key, { element }] of drawn) {
      if (keys.has(key)) continue;
      element.remove();
      drawn.delete(key);
      moved = true;
    }
    items.forEach(({ key, shows, draw }, index) => {
      const before = drawn.get(key);
      const element = before?.shows === shows ? before.element : draw();
      if (element !== before?.element) before?.element.replaceWith(element);
      drawn.set(key, { shows, element });
      if (list.children[index] === element) return;
      list.insertBefore(element, list.children[index] ?? null);
      moved = true;
    });
    const element = focused && drawn.get(focused.key)?.element;
    if (element && !element.contains(document.activeElement)) {
      element.querySelector<HTMLElement>(focused.on)?.focus({ preventScroll: true });
    }
    return moved;
  };
};

/** Which element holds the focus, and which part of it: named by `data-focus`, or else the element's link. */
const focusIn = (drawn: ReadonlyMap<string, { element: HTMLElement }>): { key: string; on: string } | undefined => {
  for (const [key, { element }] of drawn) {
    if (!element.contains(document.activeElement)) continue;
    const name = document.activeElement?.getAttribute('data-focus');
    return { key, on: name ? `[data-focus="${name}"]` : 'a' };
  }
  return undefined;
};
