/**
 * Keeps a list of elements in step with data and leaves alone what did not change, so that an alert that arrives
 * moves neither the focus nor what somebody is reading.
 */
export interface Keyed {
  key: string;
  /** What the element shows: drawn again only when this differs. */
  shows: string;
  draw: () => HTMLElement;
}

export const keyedList = (list: HTMLElement): ((items: readonly Keyed[]) => void) => {
  const drawn = new Map<string, { shows: string; element: HTMLElement }>();
  return (items) => {
    const keys = new Set(items.map(({ key }) => key));
    for (const [key, { element }] of drawn) {
      if (keys.has(key)) continue;
      element.remove();
      drawn.delete(key);
    }
    items.forEach(({ key, shows, draw }, index) => {
      const before = drawn.get(key);
      if (before?.shows !== shows) {
        const element = draw();
        drawn.set(key, { shows, element });
        if (before) replaceKeepingFocus(before.element, element);
      }
      const element = drawn.get(key)?.element;
      if (element && list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
    });
  };
};

const replaceKeepingFocus = (old: HTMLElement, element: HTMLElement): void => {
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const focus = active?.closest<HTMLElement>('[data-focus]')?.dataset['focus'];
  old.replaceWith(element);
  if (active)
    (element.querySelector<HTMLElement>(`[data-focus="${focus ?? ''}"]`) ?? element.querySelector('a'))?.focus();
};
