/** A call under way: who is ringing, the pathway's questions, and the outcome. */
import { h } from '../epr/dom.js';
import { card, facts } from '../epr/record.js';
import { dispositions, replies, type Call, type Reply } from './call.js';

/** @param end called when the handler ends the call */
export const callRecord = (call: Call, end: () => void): readonly HTMLElement[] => {
  const { story } = call;
  const progress = h('p', { class: 'quiet', id: 'progress', 'aria-live': 'polite' });
  const sayProgress = (): void => {
    const [asked, all] = [call.answered.size, story.questions.length];
    progress.textContent = asked < all ? `${asked} of ${all} asked` : 'All asked. Choose what happens next.';
  };
  sayProgress();
  return [
    card(
      'Caller',
      h('p', { class: 'record__complaint' }, story.reason),
      facts(
        ['Caller', story.callerName],
        ['Relation to patient', story.caller === 'Patient' ? 'Is the patient' : story.caller],
        ['Ring back on', story.ringBack],
        ['Patient is', story.where],
        ['Call time', timer(call)],
      ),
    ),
    card(
      `Questions: ${story.pathway.toLowerCase()}`,
      progress,
      h(
        'ol',
        { class: 'questions' },
        ...story.questions.map((question, index) =>
          h(
            'li',
            {},
            questionSet(`question-${index}`, question, call.answered.get(index), (reply) => {
              call.answered.set(index, reply);
              sayProgress();
            }),
          ),
        ),
      ),
    ),
    card('What happens next', dispositionForm(end)),
  ];
};

const questionSet = (
  name: string,
  question: string,
  chosen: Reply | undefined,
  answer: (reply: Reply) => void,
): HTMLElement => {
  const set = h(
    'fieldset',
    { class: 'question' },
    h('legend', {}, question),
    h('div', { class: 'question__replies' }, ...replies.map((reply) => option(name, reply, reply === chosen))),
  );
  set.addEventListener('change', ({ target }) => {
    const reply = replies.find((one) => target instanceof HTMLInputElement && target.value === one);
    if (reply) answer(reply);
  });
  return set;
};

const option = (name: string, value: string, checked: boolean): HTMLElement =>
  h('label', { class: 'option' }, h('input', { type: 'radio', name, value, checked: checked ? '' : undefined }), value);

const dispositionForm = (end: () => void): HTMLElement => {
  const form = h(
    'form',
    { class: 'dispositions' },
    h(
      'fieldset',
      {},
      h('legend', { class: 'visually-hidden' }, 'What happens next'),
      ...dispositions.map((one) => {
        const choice = option('disposition', one, false);
        choice.querySelector('input')?.setAttribute('required', '');
        return choice;
      }),
    ),
    h('button', { type: 'submit', class: 'button' }, 'End call, take next'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    end();
  });
  return form;
};

/** 02:05, counted from when the call was taken. A screen reader does not read it out as it runs. */
const timer = ({ taken }: Call): HTMLElement => {
  const since = taken ?? new Date();
  return h('span', { class: 'timer', role: 'timer', 'data-since': String(since.getTime()) }, elapsed(since.getTime()));
};

export const tickTimer = (): void => {
  for (const running of document.querySelectorAll<HTMLElement>('.timer'))
    running.textContent = elapsed(Number(running.dataset['since']));
};

const elapsed = (since: number): string => {
  const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
};
