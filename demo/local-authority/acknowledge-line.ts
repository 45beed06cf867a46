/** The foot of a card: the button that says somebody here has read it, or when somebody did. */
import { h, spoken } from '../dom.js';
import type { Notification } from '../register-api.js';
import type { CardActions } from './attendance-view.js';
import { toAcknowledge, type Item } from './attendances.js';
import { faultText } from './client.js';
import { count, moment } from './words.js';

/** The pointer may have been over another card when it was pressed. */
export class JustMoved extends Error {
  override readonly message = 'The list has just moved. Press again if this is the one.';
}

export const acknowledgeLine = (
  item: Item,
  notifications: readonly Notification[],
  now: Date,
  acknowledge: CardActions['acknowledge'],
): HTMLElement => {
  const ids = toAcknowledge(item);
  if (ids.length === 0) {
    const when = notifications.reduce((latest, { acknowledgedAt }) => maxOf(latest, acknowledgedAt ?? ''), '');
    return h('p', { class: 'acknowledged' }, 'Acknowledged ', moment(when, now));
  }
  const allAlerts = notifications.every(({ kind }) => kind === 'access-to-service');
  const button = h(
    'button',
    { type: 'button', class: 'button', 'data-acknowledge': '', 'data-focus': 'acknowledge' },
    ids.length === 1 ? 'Acknowledge' : `Acknowledge ${count(ids.length, allAlerts ? 'alert' : 'notice')}`,
    spoken(` about ${item.child.name}`),
  );
  const fault = h('p', { class: 'fault', role: 'alert' });
  button.addEventListener('click', ({ detail }) => {
    button.disabled = true;
    fault.textContent = '';
    acknowledge(ids, detail > 0).catch((error: unknown) => {
      button.disabled = false;
      fault.textContent = error instanceof JustMoved ? error.message : faultText(error);
      button.focus();
    });
  });
  return h('div', { class: 'acknowledge' }, button, fault);
};

const maxOf = (a: string, b: string): string => (a > b ? a : b);
