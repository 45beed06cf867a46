/** The inbox, and the queue of alerts for ended plans without an allocated worker (PG9 3.4). */
import { h } from '../dom.js';
import { JustMoved } from './acknowledge-line.js';
import { attendanceView, type CardActions } from './attendance-view.js';
import { itemsOf, needsAllocation, toAcknowledge, type Item } from './attendances.js';
import { faultText } from './client.js';
import { keyedList } from './keyed-list.js';
import { noticeView } from './notice-view.js';
import type { Desk, Page } from './page.js';
import { grouped } from './words.js';

/** Cards drawn at a time. */
const MANY = 100;

/** Milliseconds after a move of the list in which nobody can mean what they press: an alert would go unread. */
const SETTLING = 400;

export const inboxPage: Page = (outlet, desk) => {
  let dealtWith = false;
  const filter = h('div', { class: 'filter', role: 'group', 'aria-label': 'Show' });
  const choices = [false, true].map((acknowledged) => {
    const button = h('button', { type: 'button', class: 'chip' });
    button.addEventListener('click', () => {
      dealtWith = acknowledged;
      draw();
    });
    return { acknowledged, button };
  });
  filter.append(...choices.map(({ button }) => button));

  const list = cards(outlet, desk, 'Inbox', undefined, filter);
  const draw = (): void => {
    const items = itemsOf(desk.inbox.all());
    const open = items.filter((item) => toAcknowledge(item).length > 0);
    const closed = items.filter((item) => toAcknowledge(item).length === 0);
    for (const { acknowledged, button } of choices) {
      const many = acknowledged ? closed.length : open.length;
      button.replaceChildren(acknowledged ? 'Acknowledged ' : 'To read ', h('strong', {}, grouped(many)));
      button.setAttribute('aria-pressed', String(acknowledged === dealtWith));
    }
    if (dealtWith) list(closed, 'Nothing has been acknowledged yet.');
    else list(open, 'Nothing to read. An alert appears here when unscheduled care opens one of your children.');
  };
  draw();
  return desk.inbox.onChange(draw);
};

export const queuePage: Page = (outlet, desk) => {
  const why =
    'Every plan of these children has ended, so there may be no social worker to read the alert. Someone has to evaluate it: say who is allocated, or acknowledge it once evaluated (PG9 3.4).';
  const list = cards(outlet, desk, 'Ended plans, no allocated worker', why);
  const draw = (): void => list(itemsOf(desk.inbox.all()).filter(needsAllocation), 'No alert is waiting here.');
  draw();
  return desk.inbox.onChange(draw);
};

/** The page's heading and its list; the function that it returns fills the list. */
const cards = (
  outlet: HTMLElement,
  desk: Desk,
  title: string,
  why?: string,
  tools?: HTMLElement,
): ((items: readonly Item[], empty: string) => void) => {
  const heading = h('h1', { class: 'page-title', tabindex: '-1' }, title);
  const fault = h('p', { class: 'fault', role: 'alert' });
  const nothing = h('p', { class: 'empty' });
  const more = h('p', { class: 'empty' });
  const container = h('div', { class: 'alerts' });
  outlet.append(
    h('div', { class: 'page-head' }, heading, tools),
    ...(why === undefined ? [] : [h('p', { class: 'lead' }, why)]),
    fault,
    nothing,
    container,
    more,
  );
  const fill = keyedList(container);
  let movedAt = -Infinity;
  const actions: CardActions = {
    acknowledge: async (ids, byPointer) => {
      if (byPointer && performance.now() - movedAt < SETTLING) throw new JustMoved();
      for (const id of ids) await desk.client.acknowledge(id);
      const focused = container.contains(document.activeElement) || document.activeElement === document.body;
      desk.inbox.acknowledged(ids);
      desk.announce('Acknowledged');
      // The card has left the list: the reading goes on at its top.
      if (focused && !container.contains(document.activeElement)) heading.focus();
    },
    setWorker: (childId, worker) => {
      fault.textContent = '';
      desk.client.allocateWorker(childId, worker).then(
        () => desk.inbox.workerSet(childId, worker),
        (error: unknown) => {
          fault.textContent = faultText(error);
        },
      );
    },
  };
  return (items, empty) => {
    const now = new Date();
    nothing.textContent = items.length === 0 ? empty : '';
    nothing.hidden = items.length > 0;
    more.textContent = `The newest ${MANY} of ${grouped(items.length)} are shown.`;
    more.hidden = items.length <= MANY;
    const moved = fill(
      items.slice(0, MANY).map((item) => ({
        key: item.key,
        shows: JSON.stringify(item),
        draw: () => (item.kind === 'attendance' ? attendanceView(item, now, actions) : noticeView(item, now, actions)),
      })),
    );
    if (moved) movedAt = performance.now();
  };
};
