/** Small helpers that build a page from nodes. Data only ever becomes text or an attribute, never markup. */

export type Child = Node | string | undefined;

/** Builds an element: attributes first, then its children. An attribute that is `undefined` is left out. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
};

/** Text for screen readers only. */
export const spoken = (text: string): HTMLElement => h('span', { class: 'visually-hidden' }, text);

/** Shown in one form and read out in another: `8y` and `8 years`. */
export const shownAndSaid = (shown: string, said: string): HTMLElement =>
  h('span', {}, h('span', { 'aria-hidden': 'true' }, shown), spoken(said));

/** An element that the page's own HTML has. */
export const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element;
};
