/** The inbox, and the queue of alerts for ended plans without an allocated worker (PG9 3.4). */
import { h } from '../epr/dom.js';
import { isOutcome, NotYet } from './acknowledge-line.js';
import { attendanceView, type CardActions } from './attendance-view.js';
import { itemsOf, latest, needsAllocation, toAcknowledge, tone, type Item } from './attendances.js';
import { faultText } from './client.js';
import { textField } from './fields.js';
import { keyedList } from './keyed-list.js';
import { listTools, type ListTools } from './list-tools.js';
import { noticeView } from './notice-view.js';
import type { Desk, Page } from './page.js';
import { grouped } from './words.js';

/** How many cards are drawn at a time. */
const MANY = 100;

/** Milliseconds after the list has moved in which a press may hit the wrong card. An alert would then go unread. */
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

  const tools = itemTools('inbox', () => draw());
  const list = cards(outlet, desk, 'Inbox', undefined, filter, tools);
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
  const tools = itemTools('queue', () => draw());
  const list = cards(outlet, desk, 'Ended plans, no allocated worker', why, undefined, tools);
  const draw = (): void => list(itemsOf(desk.inbox.all()).filter(needsAllocation), 'No alert is waiting here.');
  draw();
  return desk.inbox.onChange(draw);
};

/** Newest first, as from `itemsOf`, unless another order is chosen. */
const itemTools = (id: string, redraw: () => void) =>
  listTools<Item>(
    id,
    'Find by name, NHS number or service',
    (item) => [
      item.child.name,
      item.child.nhsNumber,
      ...(item.kind === 'attendance' ? item.alerts.map(({ access }) => access.organisation) : []),
    ],
    [
      ['Newest first', (one, other) => other.newest.localeCompare(one.newest)],
      ['Oldest first', (one, other) => one.newest.localeCompare(other.newest)],
      ['Most urgent first', (one, other) => urgencyOf(one) - urgencyOf(other)],
      ['By name', (one, other) => one.child.name.localeCompare(other.child.name, 'en-GB')],
    ],
    redraw,
  );

const tones = ['urgent', 'looked-after', 'ended'];
const urgencyOf = (item: Item): number => (item.kind === 'notice' ? 0 : tones.indexOf(tone(latest(item).plans)));

/** The page's heading and its list. The function that it returns fills the list. */
const cards = (
  outlet: HTMLElement,
  desk: Desk,
  title: string,
  why: string | undefined,
  filter: HTMLElement | undefined,
  tools: ListTools<Item>,
): ((items: readonly Item[], empty: string) => void) => {
  const heading = h('h1', { class: 'page-title', tabindex: '-1' }, title);
  const name = textField('who', 'Your name', { autocomplete: 'name', maxlength: '100', value: desk.who.name });
  name.input.addEventListener('input', () => {
    desk.who.name = name.value();
  });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const nothing = h('p', { class: 'empty' });
  const more = h('p', { class: 'empty' });
  const container = h('div', { class: 'alerts' });
  outlet.append(
    h('div', { class: 'page-head' }, heading, filter),
    ...(why === undefined ? [] : [h('p', { class: 'lead' }, why)]),
    h('div', { class: 'above' }, name.box, tools.element),
    fault,
    nothing,
    container,
    more,
  );
  const fill = keyedList(container);
  const shown = { movedAt: -Infinity };
  const actions = cardActions(desk, { heading, name, fault, container, shown });
  return (all, empty) => {
    const now = new Date();
    const items = tools.choose(all);
    // Says that other items are filtered out, so that the list does not look as if they were gone.
    const others = all.length - items.length;
    nothing.textContent =
      others > 0 ? `${grouped(others)} more do not match what is looked for above.` : items.length === 0 ? empty : '';
    nothing.hidden = nothing.textContent === '';
    more.textContent = `The first ${MANY} of ${grouped(items.length)} are shown.`;
    more.hidden = items.length <= MANY;
    const moved = fill(
      items.slice(0, MANY).map((item) => ({
        key: item.key,
        shows: JSON.stringify(item),
        draw: () => (item.kind === 'attendance' ? attendanceView(item, now, actions) : noticeView(item, now, actions)),
      })),
    );
    if (moved) shown.movedAt = performance.now();
  };
};

interface AroundCards {
  readonly heading: HTMLElement;
  readonly name: ReturnType<typeof textField>;
  readonly fault: HTMLElement;
  readonly container: HTMLElement;
  /** When the list last moved, by `performance.now()`. */
  readonly shown: { readonly movedAt: number };
}

/** What the buttons of a card do. */
const cardActions = (desk: Desk, { heading, name, fault, container, shown }: AroundCards): CardActions => ({
  acknowledge: async (ids, outcome, byPointer) => {
    if (byPointer && performance.now() - shown.movedAt < SETTLING)
      throw new NotYet('The list has just moved. Press again if this is the one.');
    if (!isOutcome(outcome)) throw new NotYet('Say what came of it.', 'outcome');
    const by = desk.who.name;
    if (by === '') {
      name.input.focus();
      throw new NotYet('Say who you are, above the list.', 'name');
    }
    for (const id of ids) await desk.client.acknowledge(id, { by, outcome });
    const focused = container.contains(document.activeElement) || document.activeElement === document.body;
    desk.inbox.acknowledged(ids, by, outcome);
    desk.announce('Acknowledged');
    // The card has left the list, so the reading goes on at the top.
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
});
