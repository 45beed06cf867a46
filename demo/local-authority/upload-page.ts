/** Upload: a file, pasted text, or one child by hand. */
import { h } from '../epr/dom.js';
import type { UploadResult } from '../shared/register-api.js';
import { faultText } from './client.js';
import { areaField } from './fields.js';
import type { Desk, Page } from './page.js';
import { recordForm } from './record-form.js';
import { uploadResultView } from './upload-result.js';

export const uploadPage: Page = (outlet, desk) => {
  const result = h('div', { 'aria-live': 'polite' });
  const onResult = (answer: UploadResult): void => {
    result.replaceChildren(uploadResultView(answer));
    result.querySelector('h2')?.focus();
    desk.corrected();
  };
  outlet.append(
    h('div', { class: 'page-head' }, h('h1', { class: 'page-title', tabindex: '-1' }, 'Upload')),
    h('p', { class: 'lead' }, 'Records are matched on NHS number. The same file twice changes nothing.'),
    result,
    h(
      'div',
      { class: 'columns' },
      fileForm(desk, onResult),
      h(
        'div',
        { class: 'panel' },
        h('h2', { class: 'panel__title' }, 'One child, by hand'),
        recordForm('one', desk, undefined, onResult),
      ),
    ),
  );
  return undefined;
};

/** For a file, or its text. */
const fileForm = ({ client }: Desk, onResult: (result: UploadResult) => void): HTMLFormElement => {
  const pasted = areaField(
    'upload-text',
    'Or paste its text',
    'JSON, or CSV with one plan a line: nhsNumber, familyName, givenName, birthDate, gender, type (CPP, LAC or UCP), start, end',
  );
  const file = h('input', {
    id: 'upload-file',
    class: 'input',
    type: 'file',
    accept: '.json,.csv,application/json,text/csv',
  });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const send = h('button', { type: 'submit', class: 'button' }, 'Upload');
  const form = h(
    'form',
    { class: 'form panel', novalidate: '' },
    h('h2', { class: 'panel__title' }, 'A file'),
    h('div', { class: 'field' }, h('label', { class: 'label', for: 'upload-file' }, 'Choose a file'), file),
    pasted.box,
    fault,
    send,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    fault.textContent = '';
    const chosen = file.files?.[0];
    if (!chosen && pasted.value() === '') {
      fault.textContent = 'Choose a file, or paste its text.';
      file.focus();
      return;
    }
    send.disabled = true;
    textOf(chosen, pasted.value())
      .then((text) => client.upload(text, typeOf(text)))
      .then(onResult, (error: unknown) => {
        fault.textContent = faultText(error);
      })
      .finally(() => {
        send.disabled = false;
      });
  });
  return form;
};

/** A chosen file takes precedence over pasted text. */
const textOf = async (file: File | undefined, pasted: string): Promise<string> => (file ? file.text() : pasted);

/** Known by its content, because pasted text has no file name: JSON begins with a bracket, CSV with its header. */
const typeOf = (text: string): 'application/json' | 'text/csv' =>
  /^\uFEFF?\s*[{[]/.test(text) ? 'application/json' : 'text/csv';
