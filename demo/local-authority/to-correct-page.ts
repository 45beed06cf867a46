/** Records that the register could not take. An error here is a missing child, or the wrong child flagged. */
import { h } from '../dom.js';
import type { ToCorrect } from '../register-api.js';
import { faultText } from './client.js';
import type { Desk, Page } from './page.js';
import { recordForm } from './record-form.js';
import { shownNumber, uploadResultView } from './upload-result.js';
import { count, day, moment, NOT_RECORDED } from './words.js';

export const toCorrectPage: Page = (outlet, desk) => {
  const heading = h('h1', { class: 'page-title', tabindex: '-1' }, 'To correct');
  const total = h('p', { class: 'quiet', role: 'status' }, 'Loading…');
  const result = h('div', { 'aria-live': 'polite' });
  const list = h('div', { class: 'corrections' });
  outlet.append(
    h('div', { class: 'page-head' }, heading),
    h(
      'p',
      { class: 'lead' },
      'Each of these is a child the register does not know, or may know as somebody else. A later upload that is taken mends it.',
    ),
    result,
    total,
    list,
  );
  const load = async (): Promise<void> => {
    const records = await desk.client.toCorrect();
    total.textContent = records.length === 0 ? 'Nothing to correct.' : count(records.length, 'record');
    list.replaceChildren(...records.map((record) => correction(record, desk, reload, result)));
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
    h('p', {}, h('span', { class: 'code' }, item.code), ' ', item.message),
    h(
      'dl',
      { class: 'who' },
      fact('NHS No.', shownNumber(record.nhsNumber)),
      fact(
        'Born',
        /^\d{4}-\d\d-\d\d$/.test(record.birthDate) ? day(record.birthDate) : record.birthDate || NOT_RECORDED,
      ),
      fact('Sent', moment(item.sentAt, new Date())),
      fact('Row', String(item.row)),
    ),
    h('div', { class: 'correction__act' }, correct, remove),
    fault,
    place,
  );
};

const fact = (label: string, value: Node | string): HTMLElement => h('div', {}, h('dt', {}, label), h('dd', {}, value));
