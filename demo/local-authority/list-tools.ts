/** The tools above a list: a search field and a choice of order. */
import { h } from '../epr/dom.js';
import type { Field } from './fields.js';
import { choiceField, textField } from './fields.js';

export type Order<Item> = readonly [name: string, compare: (one: Item, other: Item) => number];

export interface ListTools<Item> {
  element: HTMLElement;
  /** The items that match the search, in the chosen order. */
  choose: (items: readonly Item[]) => readonly Item[];
}

/**
 * @param says the texts of an item that somebody may search for: names, places, numbers
 * @param orders the first is the list's own
 * @param redraw called when the choice has changed
 */
export const listTools = <Item>(
  id: string,
  label: string,
  says: (item: Item) => readonly string[],
  orders: readonly Order<Item>[],
  redraw: () => void,
): ListTools<Item> => {
  const search: Field = textField(`${id}-search`, label, { type: 'search' });
  const order = choiceField(
    `${id}-order`,
    'Order',
    orders.map(([name], index) => [String(index), name]),
  );
  search.input.addEventListener('input', redraw);
  order.input.addEventListener('change', redraw);

  return {
    element: h('div', { class: 'list-tools', role: 'search' }, search.box, order.box),
    choose: (items) => {
      const wanted = search.value().toLocaleLowerCase('en-GB');
      const digits = /^[\d\s-]+$/.test(wanted) ? wanted.replace(/\D/g, '') : '';
      const found = items.filter((item) =>
        says(item).some(
          (text) => text.toLocaleLowerCase('en-GB').includes(wanted) || (digits !== '' && text.includes(digits)),
        ),
      );
      const [, compare] = orders[Number(order.value())] ?? [];
      return compare === undefined ? found : [...found].sort(compare);
    },
  };
};
