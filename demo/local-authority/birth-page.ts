/** Records a birth: ends the plan on the mother's record and starts the baby's, in one step (PG9 section 3). */
import { h } from '../epr/dom.js';
import { londonDay } from '../epr/format.js';
import type { BirthRecorded, ChildSeen } from '../shared/register-api.js';
import { childName } from './child-line.js';
import { faultText } from './client.js';
import { check, choiceField, dateField, digitsOf, fieldset, isNhsNumber, numberField } from './fields.js';
import type { Page } from './page.js';
import { planNames } from './words.js';

const birthFields = () => {
  const mother = numberField('birth-mother', 'Mother’s NHS number');
  const baby = numberField('birth-baby', 'Baby’s NHS number');
  const born = dateField('birth-born', 'Date of birth');
  const type = choiceField('birth-type', 'Plan', [
    ['CPP', planNames.CPP],
    ['LAC', planNames.LAC],
  ]);
  const start = dateField('birth-start', 'Start date', 'Leave empty when it starts at birth');
  const view = [fieldset('Mother', mother), fieldset('Baby', baby, born), fieldset('Baby’s plan', type, start)];
  return { mother, baby, born, type, start, view };
};

export const birthPage: Page = (outlet, desk, motherId) => {
  const { mother, baby, born, type, start, view } = birthFields();
  const done = h('div', { 'aria-live': 'polite' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const send = h('button', { type: 'submit', class: 'button' }, 'Record the birth');
  const form = h('form', { class: 'form panel', novalidate: '' }, ...view, fault, send);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    fault.textContent = '';
    const [ofMother, ofBaby] = [digitsOf(mother.value()), digitsOf(baby.value())];
    const right = check([
      [mother, !isNhsNumber(ofMother), 'Enter an NHS number that passes its check'],
      [baby, !isNhsNumber(ofBaby), 'Enter an NHS number that passes its check'],
      [baby, ofBaby !== '' && ofBaby === ofMother, 'The baby has an NHS number of their own'],
      [born, born.value() === '' || born.value() > londonDay(new Date()), 'Enter the day of birth, today or before'],
    ]);
    if (!right) return;
    send.disabled = true;
    desk.client
      .recordBirth({
        mother: { nhsNumber: ofMother },
        baby: { nhsNumber: ofBaby, birthDate: born.value() },
        plan: { type: type.value() === 'LAC' ? 'LAC' : 'CPP', start: start.value() || born.value() },
      })
      .then(
        (recorded) => {
          form.reset();
          done.replaceChildren(recordedView(recorded));
          done.querySelector('h2')?.focus();
        },
        (error: unknown) => {
          fault.textContent = faultText(error);
        },
      )
      .finally(() => {
        send.disabled = false;
      });
  });
  outlet.append(
    h('div', { class: 'page-head' }, h('h1', { class: 'page-title', tabindex: '-1' }, 'Record a birth')),
    h(
      'p',
      { class: 'lead' },
      'The midwife gives you the baby’s NHS number. This ends the unborn plan on the mother’s record and starts the baby’s own, both or neither.',
    ),
    done,
    form,
  );
  if (motherId !== '') {
    desk.client.child(motherId).then(
      ({ nhsNumber }) => {
        if (mother.value() === '') mother.input.value = nhsNumber;
      },
      // The list is only a help. Without it the number is typed in.
      () => undefined,
    );
  }
  return undefined;
};

const recordedView = ({ mother, baby }: BirthRecorded): HTMLElement =>
  h(
    'section',
    { class: 'panel result', 'data-outcome': 'taken', 'aria-label': 'Result' },
    h('h2', { class: 'panel__title', tabindex: '-1' }, 'Birth recorded'),
    line('The plan on the mother’s record has ended: ', mother),
    line('The baby has a plan of their own: ', baby),
  );

const line = (text: string, child: ChildSeen): HTMLElement => h('p', {}, text, childName(child));
