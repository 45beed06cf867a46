/** Form fields, each with its label, an optional hint and a place for its error. */
import { h } from '../epr/dom.js';

export interface Field {
  box: HTMLElement;
  input: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  value: () => string;
  /** Shows what is wrong, or with '' that nothing is. */
  complain: (fault: string) => void;
}

type Input = Field['input'];

export const textField = (
  id: string,
  label: string,
  attributes: Readonly<Record<string, string>> = {},
  hint?: string,
): Field =>
  field(id, label, h('input', { class: 'input', autocomplete: 'off', spellcheck: 'false', ...attributes }), hint);

export const numberField = (id: string, label: string): Field =>
  textField(id, label, { class: 'input input--number', inputmode: 'numeric' }, 'Ten digits');

export const dateField = (id: string, label: string, hint?: string): Field =>
  textField(id, label, { class: 'input input--date', type: 'date' }, hint);

export const choiceField = (
  id: string,
  label: string,
  choices: readonly (readonly [value: string, text: string])[],
): Field =>
  field(id, label, h('select', { class: 'input' }, ...choices.map(([value, text]) => h('option', { value }, text))));

export const areaField = (id: string, label: string, hint?: string): Field =>
  field(
    id,
    label,
    h('textarea', { class: 'input input--area', rows: '10', spellcheck: 'false', autocomplete: 'off' }),
    hint,
  );

export const fieldset = (legend: string, ...fields: readonly Field[]): HTMLElement =>
  h('fieldset', { class: 'fieldset' }, h('legend', { class: 'legend' }, legend), ...fields.map(({ box }) => box));

/** The digits alone, whatever stands between them. */
export const digitsOf = (value: string): string => value.replace(/\D/g, '');

/** The check of an NHS number: weights 10 to 2, modulus 11. */
export const isNhsNumber = (digits: string): boolean => {
  if (!/^\d{10}$/.test(digits)) return false;
  const sum = [...digits].slice(0, 9).reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
};

/** Shows an error at each wrong field and moves to the first of them. @returns whether all fields are right */
export const check = (rules: readonly (readonly [field: Field, wrong: boolean, fault: string])[]): boolean => {
  for (const [field] of rules) field.complain('');
  const broken = rules.filter(([, wrong]) => wrong);
  for (const [field, , fault] of broken) field.complain(fault);
  broken[0]?.[0].input.focus();
  return broken.length === 0;
};

const field = (id: string, label: string, input: Input, hint?: string): Field => {
  input.id = id;
  const fault = h('p', { id: `${id}-fault`, class: 'fault' });
  if (hint !== undefined) input.setAttribute('aria-describedby', `${id}-hint`);
  return {
    box: h(
      'div',
      { class: 'field' },
      h('label', { class: 'label', for: id }, label),
      hint === undefined ? undefined : h('p', { id: `${id}-hint`, class: 'hint' }, hint),
      fault,
      input,
    ),
    input,
    value: () => input.value.trim(),
    complain: (text) => {
      fault.textContent = text;
      input.setAttribute('aria-invalid', String(text !== ''));
      input.setAttribute(
        'aria-describedby',
        [...(text === '' ? [] : [fault.id]), ...(hint === undefined ? [] : [`${id}-hint`])].join(' '),
      );
    },
  };
};
