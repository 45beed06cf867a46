/** Records that the register could not take. A mistake here means a missing child, or the wrong child flagged. */
import { h } from '../epr/dom.js';
import type { ToCorrect } from '../shared/register-api.js';
import { faultText } from './client.js';
import type { Desk, Page } from './page.js';
import { listTools } from './list-tools.js';
import { isPlanType, recordForm } from './record-form.js';
import { shownNumber, uploadResultView } from './upload-result.js';
import { count, day, inWords, moment, NOT_RECORDED, planNames } from './words.js';

export const toCorrectPage: Page = (outlet, desk) => {
  const heading = h('h1', { class: 'page-title', tabindex: '-1' }, 'To correct');
  const total = h('p', { class: 'quiet', role: 'status' }, 'Loading…');
  const result = h('div', { 'aria-live': 'polite' });
  const list = h('div', { class: 'corrections' });
  let all: readonly ToCorrect[] = [];
  const tools = listTools<ToCorrect>(
    'corrections',
    'Find by name, NHS number or code',
    ({ record, code }) => [record.familyName, record.givenName, record.nhsNumber, code],
    [
      ['As in the file', (one, other) => one.row - other.row],
      ['Newest first', (one, other) => other.sentAt.localeCompare(one.sentAt)],
      ['By family name', (one, other) => one.record.familyName.localeCompare(other.record.familyName, 'en-GB')],
      ['By code', (one, other) => one.code.localeCompare(other.code)],
    ],
    () => draw(),
  );
  outlet.append(
    h('div', { class: 'page-head' }, heading),
    h(
      'p',
      { class: 'lead' },
      'Each of these is a child the register does not know, or may know as somebody else. A later upload that is taken mends it.',
    ),
    result,
    tools.element,
    total,
    list,
  );
  const load = async (): Promise<void> => {
    all = await desk.client.toCorrect();
    draw();
  };
  const draw = (): void => {
    const records = tools.choose(all);
    tools.element.hidden = all.length < 2;
    total.textContent =
      all.length === 0
        ? 'Nothing to correct.'
        : records.length === all.length
          ? count(all.length, 'record')
          : `${records.length} of ${count(all.length, 'record')}`;
    list.replaceChildren(...records.map((record) => correctionOrRow(record, desk, reload, result)));
  };
  const reload = (): void => {
    desk.corrected();
    load().catch((error: unknown) => {
      total.replaceChildren(h('span', { class: 'fault' }, faultText(error)));
    });
  };
  reload();
  return undefined;
};

/** If one record cannot be drawn, the others are still shown. */
const correctionOrRow = (...[item, ...rest]: Parameters<typeof correction>): HTMLElement => {
  try {
    return correction(item, ...rest);
  } catch {
    return h('article', { class: 'panel correction', 'data-code': item.code }, `Row ${item.row} cannot be shown here.`);
  }
};

const planLines = (plans: ToCorrect['record']['plans']): HTMLElement =>
  h(
    'span',
    {},
    ...(plans.length === 0
      ? [NOT_RECORDED]
      : plans.map(({ type, start, end }) =>
          h(
            'span',
            { class: 'line' },
            isPlanType(type) ? planNames[type] : type || 'Kind not recorded',
            ' from ',
            day(start),
            ...(end === '' ? [] : [' until ', day(end)]),
          ),
        )),
  );

const correction = (item: ToCorrect, desk: Desk, reload: () => void, result: HTMLElement): HTMLElement => {
  const { record } = item;
  const fault = h('p', { class: 'fault', role: 'alert' });
  const name = [record.familyName.toLocaleUpperCase('en-GB'), record.givenName]
    .filter((part) => part !== '')
    .join(', ');
  const place = h('div', {});
  const correct = h(
    'button',
    { type: 'button', class: 'button button--quiet', 'aria-expanded': 'false', 'data-correct': '' },
    'Correct and send again',
  );
  correct.addEventListener('click', () => {
    const open = correct.getAttribute('aria-expanded') !== 'true';
    correct.setAttribute('aria-expanded', String(open));
    place.replaceChildren(...(open ? [form()] : []));
    place.querySelector('input')?.focus();
  });
  const form = (): HTMLElement =>
    recordForm(`correct-${item.id}`, desk, record, (answer) => {
      result.replaceChildren(uploadResultView(answer));
      result.querySelector('h2')?.focus();
      reload();
    });
  const remove = h('button', { type: 'button', class: 'link', 'data-remove': '' }, 'Take off the list');
  remove.addEventListener('click', () => {
    desk.client.takeOffList(item.id).then(
      () => {
        desk.announce('Taken off the list');
        reload();
        result.closest('.page')?.querySelector('h1')?.focus();
      },
      (error: unknown) => {
        fault.textContent = faultText(error);
      },
    );
  });
  return h(
    'article',
    { class: 'panel correction', 'data-code': item.code },
    h('h2', { class: 'panel__title' }, name === '' ? 'No name' : name),
    h('p', {}, h('span', { class: 'code' }, item.code), ' ', inWords(item.message)),
    h(
      'dl',
      { class: 'who' },
      fact('NHS No.', shownNumber(record.nhsNumber)),
      fact('Born', day(record.birthDate)),
      fact('Plans', planLines(record.plans)),
      fact('Sent', moment(item.sentAt, new Date())),
      fact('Row', String(item.row)),
    ),
    h('div', { class: 'correction__act' }, correct, remove),
    fault,
    place,
  );
};

const fact = (label: string, value: Node | string): HTMLElement => h('div', {}, h('dt', {}, label), h('dd', {}, value));
