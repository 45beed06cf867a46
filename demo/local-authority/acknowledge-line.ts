/** The foot of a card: the button that says somebody here has read it, or when somebody did. */
import { h, spoken } from '../dom.js';
import type { Notification } from '../register-api.js';
import { toAcknowledge, type Item } from './attendances.js';
import { faultText } from './client.js';
import { count, moment } from './words.js';

export const acknowledgeLine = (
  item: Item,
  notifications: readonly Notification[],
  now: Date,
  acknowledge: (ids: readonly number[]) => Promise<void>,
): HTMLElement => {
  const ids = toAcknowledge(item);
  if (ids.length === 0) {
    const when = notifications.reduce((latest, { acknowledgedAt }) => maxOf(latest, acknowledgedAt ?? ''), '');
    return h('p', { class: 'acknowledged' }, 'Acknowledged ', moment(when, now));
  }
  const button = h(
    'button',
    { type: 'button', class: 'button', 'data-acknowledge': '', 'data-focus': 'acknowledge' },
    ids.length === 1 ? 'Acknowledge' : `Acknowledge ${count(ids.length, 'notice')}`,
    spoken(` about ${item.child.name}`),
  );
  const fault = h('p', { class: 'fault', role: 'alert' });
  button.addEventListener('click', () => {
    button.disabled = true;
    fault.textContent = '';
    acknowledge(ids).catch((error: unknown) => {
      button.disabled = false;
      fault.textContent = faultText(error);
      button.focus();
    });
  });
  return h('div', { class: 'acknowledge' }, button, fault);
};

const maxOf = (a: string, b: string): string => (a > b ? a : b);
