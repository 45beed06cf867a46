/**
 * "Opened in error": the trust tells the local authority, whose alert cannot be recalled. This belongs to the EPR's own
 * frame and not to the tag, because who may send it and what follows is the trust's affair.
 */
import { h } from '../epr/dom.js';
import { authorityName } from '../epr/format.js';
import type { OpenedInErrorNote, OpenedInErrorSent, Problem } from '../shared/register-api.js';

/** Draws the button, and the form below it, for one open of one patient. Nothing is kept about the patient before. */
export const drawOpenedInError = (
  corner: HTMLElement,
  place: HTMLElement,
  nhsNumber: string | undefined,
  token: () => string,
): void => {
  corner.replaceChildren();
  place.replaceChildren();
  if (nhsNumber === undefined) return;
  const button = h(
    'button',
    { type: 'button', class: 'link', 'aria-expanded': 'false', 'aria-controls': place.id },
    'Opened in error?',
  );
  const show = (open: boolean): void => {
    button.setAttribute('aria-expanded', String(open));
    place.replaceChildren(...(open ? [errorForm(nhsNumber, token, () => show(false))] : []));
    if (open) place.querySelector('textarea')?.focus();
    else button.focus();
  };
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'));
  corner.append(button);
};

const errorForm = (nhsNumber: string, token: () => string, close: () => void): HTMLElement => {
  const note = h('textarea', { id: 'error-note', class: 'input', rows: '2', maxlength: '500' });
  const said = h('p', { class: 'error-form__said', role: 'status' });
  const send = h('button', { type: 'submit', class: 'button' }, 'Tell the local authority');
  const cancel = h('button', { type: 'button', class: 'link' }, 'Close');
  const form = h(
    'form',
    { class: 'error-form', 'aria-label': 'Opened in error' },
    h('h2', {}, 'Opened in error: tell the local authority'),
    h(
      'p',
      {},
      'The alert can’t be recalled. Ring the local authority and say so; report it locally. This puts a note beside the alert.',
    ),
    h('label', { for: 'error-note' }, 'What happened ', h('span', { class: 'quiet' }, '(may be left empty)')),
    note,
    h('div', { class: 'error-form__act' }, send, cancel),
    said,
  );
  cancel.addEventListener('click', close);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send.disabled = true;
    tell({ nhsNumber, ...(note.value.trim() !== '' && { note: note.value.trim() }) }, token()).then(
      (answer) => {
        said.textContent = answer;
      },
      (error: unknown) => {
        said.textContent = error instanceof NotSent ? error.message : 'Not sent: no connection. Ring instead.';
        send.disabled = false;
      },
    );
  });
  return form;
};

/** The register answered, and the note was not taken. */
class NotSent extends Error {}

const tell = async (body: OpenedInErrorNote, token: string): Promise<string> => {
  const response = await fetch('/opened-in-error', {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new NotSent(`Not sent. ${((await response.json()) as Problem).detail}`);
  const { authorities } = (await response.json()) as OpenedInErrorSent;
  return authorities.length === 0
    ? 'No local authority was alerted of your view, so there is nobody to tell.'
    : `Sent: beside the alert at ${authorities.map(authorityName).join(' and ')}.`;
};
