/** A card on its own: a number no longer in use, or a note about a view that this page does not hold. */
import { h } from '../epr/dom.js';
import type { InactiveNhsNumber, OpenedInError } from '../shared/register-api.js';
import { acknowledgeLine } from './acknowledge-line.js';
import { toAcknowledge, type Notice } from './attendances.js';
import type { CardActions } from './attendance-view.js';
import { childFacts, childName } from './child-line.js';
import { moment } from './words.js';

export const noticeView = (notice: Notice, now: Date, { acknowledge }: CardActions): HTMLElement => {
  const { notification, child } = notice;
  return h(
    'article',
    {
      class: 'alert alert--notice',
      'data-tone': 'notice',
      'data-open': String(toAcknowledge(notice).length > 0),
      'data-child': child.id,
      'data-notice': notification.kind,
    },
    h('header', { class: 'alert__head' }, h('h2', { class: 'alert__name' }, childName(child)), childFacts(child)),
    h(
      'div',
      { class: 'alert__body' },
      h(
        'div',
        { class: 'alert__what' },
        ...said(notification, now),
        acknowledgeLine(notice, [notification], now, acknowledge),
      ),
    ),
  );
};

const said = (notification: InactiveNhsNumber | OpenedInError, now: Date): readonly HTMLElement[] => {
  switch (notification.kind) {
    case 'inactive-nhs-number':
      return [
        h('p', { class: 'alert__where' }, 'NHS number no longer in use'),
        h('p', { class: 'alert__viewed' }, 'Told ', moment(notification.at, now)),
        h(
          'p',
          {},
          'Until it is mended the ED cannot find this child. Trace the child again and upload the plan under the new number.',
        ),
      ];
    case 'opened-in-error': {
      const { access, at, note } = notification;
      return [
        h('p', { class: 'alert__where' }, `Opened in error, says ${access.viewer}`),
        h(
          'p',
          { class: 'alert__viewed' },
          access.organisation,
          ' · viewed ',
          moment(access.at, now),
          ' · told ',
          moment(at, now),
        ),
        ...(note === '' ? [] : [h('p', { class: 'note__text' }, note)]),
      ];
    }
  }
};
