/** The authority's own children: those with a plan that the register still returns. */
import { h } from '../dom.js';
import { londonDay, nhsNumber } from '../format.js';
import type { ChildListed } from '../register-api.js';
import { mostUrgentFirst } from './attendances.js';
import { childName } from './child-line.js';
import { faultText } from './client.js';
import type { Page } from './page.js';
import { count, day, grouped, NOT_RECORDED, planDates, planName } from './words.js';
import { workerNames } from './worker-choice.js';

/** Rows drawn at a time; an authority may upload 10,000. */
const MANY = 200;

export const childrenPage: Page = (outlet, { client }) => {
  const search = h('input', { id: 'search', class: 'input', type: 'search', autocomplete: 'off', spellcheck: 'false' });
  const total = h('p', { class: 'quiet', role: 'status' }, 'Loading…');
  const body = h('tbody', {});
  const table = h(
    'table',
    { class: 'table table--cards', hidden: '' },
    h('caption', { class: 'visually-hidden' }, 'Children'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ...['Name', 'Age', 'Born', 'NHS No.', 'Plans', 'Allocated worker'].map((name) =>
          h('th', { scope: 'col' }, name),
        ),
      ),
    ),
    body,
  );
  outlet.append(
    h('div', { class: 'page-head' }, h('h1', { class: 'page-title', tabindex: '-1' }, 'Children')),
    h('div', { class: 'field' }, h('label', { class: 'label', for: 'search' }, 'Find by name or NHS number'), search),
    total,
    table,
  );
  const show = (children: readonly ChildListed[]): void => {
    const wanted = search.value.trim().toLocaleLowerCase('en-GB');
    const digits = wanted.replace(/\D/g, '');
    const found = children.filter(
      (child) =>
        child.name.toLocaleLowerCase('en-GB').includes(wanted) || (digits !== '' && child.nhsNumber.includes(digits)),
    );
    const today = londonDay(new Date());
    total.textContent =
      found.length > MANY
        ? `${grouped(found.length)} children, the first ${MANY} shown`
        : count(found.length, 'record');
    table.hidden = found.length === 0;
    body.replaceChildren(...found.slice(0, MANY).map((child) => row(child, today)));
  };
  client.children().then(
    (children) => {
      show(children);
      search.addEventListener('input', () => show(children));
    },
    (error: unknown) => {
      total.replaceWith(h('p', { class: 'fault', role: 'alert' }, faultText(error)));
    },
  );
  return undefined;
};

const row = (child: ChildListed, today: string): HTMLElement =>
  h(
    'tr',
    { 'data-child': child.id },
    h('th', { scope: 'row' }, childName(child)),
    cell('Age', child.age ?? NOT_RECORDED),
    cell('Born', day(child.birthDate)),
    cell('NHS No.', h('span', { class: 'nowrap' }, nhsNumber(child.nhsNumber))),
    cell(
      'Plans',
      ...mostUrgentFirst(child.plans).map((plan) =>
        h('span', { class: plan.ended ? 'line quiet' : 'line' }, planName(plan), ' ', ...planDates(plan, today)),
      ),
    ),
    cell('Allocated worker', child.allocatedWorker === null ? 'Not said' : workerNames[child.allocatedWorker]),
  );

/** Below 700 px a row becomes a card and each value brings its label. */
const cell = (label: string, ...value: readonly (Node | string)[]): HTMLElement =>
  h('td', { 'data-label': label }, h('div', {}, ...value));
