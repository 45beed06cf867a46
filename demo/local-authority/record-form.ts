/** One record, filled in by hand. The upload page and the to-correct list send it as a file of one record. */
import { h } from '../epr/dom.js';
import type { ChildListed, PlanType, ToCorrect, UploadFile, UploadResult } from '../shared/register-api.js';
import { faultText } from './client.js';
import { check, choiceField, dateField, digitsOf, fieldset, isNhsNumber, numberField, textField } from './fields.js';
import type { Desk } from './page.js';
import { phoneText, planNames } from './words.js';

/** @param id keeps the ids of two forms on one page apart */
export const recordForm = (
  id: string,
  { client, authority }: Desk,
  sent: ToCorrect['record'] | undefined,
  onResult: (result: UploadResult) => void,
): HTMLFormElement => {
  const fields = recordFields(id, sent);
  const { number, family, given, born, plans, duty, office } = fields;
  client.children().then(
    (children) => {
      const own = ownNumbers(children);
      if (duty.input.value === '') duty.input.value = phoneText(own?.emergencyDutyPhone ?? '');
      if (office.input.value === '') office.input.value = phoneText(own?.officeHoursPhone ?? '');
    },
    // The list is only a help. Without it the numbers are typed in.
    () => undefined,
  );

  const fault = h('p', { class: 'fault', role: 'alert' });
  const send = h('button', { type: 'submit', class: 'button' }, 'Send to the register');
  const form = h(
    'form',
    { class: 'form', novalidate: '' },
    fieldset('Child, or the mother of an unborn child', number, family, given, born),
    ...plans.map(({ type, start, end }, index) =>
      fieldset(plans.length === 1 ? 'Plan' : `Plan ${index + 1}`, type, start, end),
    ),
    fieldset('Numbers to ring', duty, office),
    fault,
    send,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    fault.textContent = '';
    if (!areRight(fields)) return;
    send.disabled = true;
    client
      .upload(JSON.stringify(fileOf(fields, authority.name, sent)), 'application/json')
      .then(onResult, (error: unknown) => {
        fault.textContent = faultText(error);
      })
      .finally(() => {
        send.disabled = false;
      });
  });
  return form;
};

type Sent = ToCorrect['record'] | undefined;

const recordFields = (id: string, sent: Sent) => {
  const number = numberField(`${id}-number`, 'NHS number');
  const family = textField(`${id}-family`, 'Family name');
  const given = textField(`${id}-given`, 'Given name');
  const born = dateField(`${id}-born`, 'Date of birth');
  // The plans as they were sent, because somebody who corrects a name may not know the plans.
  const plans = (sent?.plans.length ? sent.plans : [undefined]).map((plan, index) => planFields(id, index, plan));
  const duty = textField(`${id}-duty`, 'Emergency duty team', { type: 'tel', class: 'input input--number' });
  const office = textField(
    `${id}-office`,
    'Office hours',
    { type: 'tel', class: 'input input--number' },
    'May be left empty',
  );
  number.input.value = sent?.nhsNumber ?? '';
  family.input.value = sent?.familyName ?? '';
  given.input.value = sent?.givenName ?? '';
  born.input.value = sent?.birthDate ?? '';
  return { number, family, given, born, plans, duty, office };
};

type RecordFields = ReturnType<typeof recordFields>;

const areRight = ({ number, family, born, plans, duty }: RecordFields): boolean =>
  check([
    [number, !isNhsNumber(digitsOf(number.value())), 'Enter an NHS number that passes its check'],
    [family, family.value() === '', 'Enter a family name'],
    [born, born.value() === '', 'Enter a date of birth'],
    ...plans.flatMap(({ type, start, end }) => [
      [type, type.value() === '', 'Say which kind of plan it is'] as const,
      [start, start.value() === '', 'Enter the date on which the plan started'] as const,
      [end, end.value() !== '' && end.value() < start.value(), 'The plan cannot end before it starts'] as const,
    ]),
    [duty, duty.value() === '', 'Enter the number that answers at night'],
  ]);

const fileOf = (
  { number, family, given, born, plans, duty, office }: RecordFields,
  authorityName: string,
  sent: Sent,
): UploadFile => ({
  localAuthority: {
    name: authorityName,
    emergencyDutyPhone: duty.value(),
    ...(office.value() !== '' && { officeHoursPhone: office.value() }),
  },
  records: [
    {
      nhsNumber: digitsOf(number.value()),
      familyName: family.value(),
      givenName: given.value(),
      birthDate: born.value(),
      ...(sent?.gender && { gender: sent.gender }),
      plans: plans.map(({ type, start, end }) => ({
        type: type.value() as PlanType,
        start: start.value(),
        ...(end.value() !== '' && { end: end.value() }),
      })),
    },
  ],
});

export const isPlanType = (type: string): type is PlanType => Object.hasOwn(planNames, type);

/** A kind or a day that cannot be read is left empty, to be filled in again. Nothing is chosen in its place. */
const planFields = (id: string, index: number, sent: ToCorrect['record']['plans'][number] | undefined) => {
  const which = index === 0 ? id : `${id}-${index + 1}`;
  const type = choiceField(`${which}-type`, 'Kind', [['', 'Choose'], ...Object.entries(planNames)]);
  const start = dateField(`${which}-start`, 'Start date');
  const end = dateField(`${which}-end`, 'End date', 'Leave empty while the plan is open');
  const kind = sent?.type.trim().toUpperCase() ?? '';
  type.input.value = isPlanType(kind) ? kind : '';
  start.input.value = sent?.start.trim() ?? '';
  end.input.value = sent?.end.trim() ?? '';
  return { type, start, end };
};

const ownNumbers = (children: readonly ChildListed[]): ChildListed['plans'][number]['authority'] | undefined =>
  children.flatMap(({ plans }) => plans).find(({ own }) => own)?.authority;
