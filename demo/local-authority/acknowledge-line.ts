/** The foot of a card: a button to say that somebody here has read it, or when somebody did. */
import { h, spoken } from '../epr/dom.js';
import type { Notification, Outcome } from '../shared/register-api.js';
import type { CardActions } from './attendance-view.js';
import { toAcknowledge, type Item } from './attendances.js';
import { faultText } from './client.js';
import { count, moment } from './words.js';

/** It cannot be acknowledged yet. The message says what to do, and `at` says where. */
export class NotYet extends Error {
  readonly at: 'button' | 'outcome' | 'name';

  constructor(message: string, at: NotYet['at'] = 'button') {
    super(message);
    this.at = at;
  }
}

const outcomes: Readonly<Record<Outcome, string>> = {
  'passed-to-worker': 'passed to the allocated social worker',
  'spoke-to-service': 'spoke to the service that viewed',
  assessing: 'being assessed',
  'no-further-action': 'no further action',
};
export const isOutcome = (value: string): value is Outcome => Object.hasOwn(outcomes, value);

export const acknowledgeLine = (
  item: Item,
  notifications: readonly Notification[],
  now: Date,
  acknowledge: CardActions['acknowledge'],
): HTMLElement => {
  const ids = toAcknowledge(item);
  if (ids.length === 0) {
    const [last] = [...notifications].sort((a, b) => (b.acknowledgedAt ?? '').localeCompare(a.acknowledgedAt ?? ''));
    return h(
      'p',
      { class: 'acknowledged' },
      'Acknowledged ',
      moment(last?.acknowledgedAt ?? '', now),
      last?.acknowledgedBy ? ` by ${last.acknowledgedBy}` : '',
      last?.outcome ? `: ${outcomes[last.outcome]}` : '',
    );
  }
  const allAlerts = notifications.every(({ kind }) => kind === 'access-to-service');
  const button = h(
    'button',
    { type: 'button', class: 'button', 'data-acknowledge': '', 'data-focus': 'acknowledge' },
    ids.length === 1 ? 'Acknowledge' : `Acknowledge ${count(ids.length, allAlerts ? 'alert' : 'notice')}`,
    spoken(` about ${item.child.name}`),
  );
  const fault = h('p', { class: 'fault', role: 'alert' });
  const outcome = h(
    'select',
    { class: 'input', 'data-outcome': '', 'data-focus': 'outcome', 'aria-label': `Outcome for ${item.child.name}` },
    ...[['', 'Outcome'], ...Object.entries(outcomes)].map(([value = '', text = '']) => h('option', { value }, text)),
  );
  button.addEventListener('click', ({ detail }) => {
    fault.textContent = '';
    button.disabled = true;
    acknowledge(ids, outcome.value, detail > 0).catch((error: unknown) => {
      button.disabled = false;
      fault.textContent = error instanceof NotYet ? error.message : faultText(error);
      const at = error instanceof NotYet ? error.at : 'button';
      if (at === 'button') button.focus();
      if (at === 'outcome') outcome.focus();
    });
  });
  return h('div', { class: 'acknowledge' }, outcome, button, fault);
};
