/** The authority's own children: those with a plan that the register still returns. */
import { h } from '../epr/dom.js';
import { londonDay, nhsNumber } from '../epr/format.js';
import type { ChildListed } from '../shared/register-api.js';
import { mostUrgentFirst, tone } from './attendances.js';
import { childName } from './child-line.js';
import { faultText } from './client.js';
import { listTools } from './list-tools.js';
import type { Page } from './page.js';
import { count, day, grouped, NOT_RECORDED, planDates, planName } from './words.js';
import { workerNames } from './worker-choice.js';

/** How many rows are drawn at a time. An authority may upload 10,000. */
const MANY = 200;

export const childrenPage: Page = (outlet, { client }) => {
  let all: readonly ChildListed[] = [];
  const tools = listTools<ChildListed>(
    'children',
    'Find by name or NHS number',
    ({ name, nhsNumber: number }) => [name, number],
    [
      ['By family name', () => 0],
      ['Most urgent first', (one, other) => urgencyOf(one) - urgencyOf(other)],
      ['Youngest first', (one, other) => (other.birthDate ?? '').localeCompare(one.birthDate ?? '')],
      ['No allocated worker first', (one, other) => worker(one) - worker(other)],
    ],
    () => show(),
  );
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
    tools.element,
    total,
    table,
  );
  const show = (): void => {
    const found = tools.choose(all);
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
      all = children;
      show();
    },
    (error: unknown) => {
      total.replaceWith(h('p', { class: 'fault', role: 'alert' }, faultText(error)));
    },
  );
  return undefined;
};

const tones = ['urgent', 'looked-after', 'ended'];
const urgencyOf = ({ plans }: ChildListed): number => tones.indexOf(tone(plans));
const worker = ({ allocatedWorker }: ChildListed): number => (allocatedWorker === 'present' ? 1 : 0);

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

/** Below 700 px a row becomes a card and each value shows its label. */
const cell = (label: string, ...value: readonly (Node | string)[]): HTMLElement =>
  h('td', { 'data-label': label }, h('div', {}, ...value));
