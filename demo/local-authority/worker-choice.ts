/**
 * Shows whether the child has an allocated worker, and lets the user say so (PG9 3.4: after a plan ends there may be
 * none).
 */
import { h } from '../epr/dom.js';
import type { AllocatedWorker } from '../shared/register-api.js';

export const workerNames: Readonly<Record<NonNullable<AllocatedWorker>, string>> = {
  present: 'Yes, allocated',
  none: 'No one allocated',
};

export const workerChoice = (
  chosen: AllocatedWorker,
  choose: (worker: NonNullable<AllocatedWorker>) => void,
): HTMLElement =>
  h(
    'div',
    { class: 'worker', role: 'group', 'aria-label': 'Allocated worker' },
    h('span', { class: 'worker__label' }, 'Allocated worker: '),
    ...(['present', 'none'] as const).map((worker) => {
      const button = h(
        'button',
        {
          type: 'button',
          class: 'chip',
          'aria-pressed': String(worker === chosen),
          'data-worker': worker,
          'data-focus': `worker-${worker}`,
        },
        workerNames[worker],
      );
      button.addEventListener('click', () => choose(worker));
      return button;
    }),
    chosen === null ? h('span', { class: 'worker__unsaid' }, 'Not said yet') : undefined,
  );
