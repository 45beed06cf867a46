/** The consultation record, below the banner. */
import { h } from '../epr/dom.js';
import { date, londonDay, londonTime } from '../epr/format.js';
import { card, columns, facts, note, orders } from '../epr/record.js';
import type { Appointment } from './appointments.js';
import type { Consultation } from './story.js';

const DAY = 86_400_000;

export const consultationRecord = ({ story, onRecord, at, minutes, state }: Appointment, now: Date) => {
  const [daysAgo, by, text] = story.last;
  return columns(
    [
      card(
        'This consultation',
        h('p', { class: 'record__complaint' }, story.reason),
        facts(
          ['Appointment', `${londonTime(at)}, ${minutes} minutes`],
          ['Type', story.mode === 'Surgery' ? 'In the surgery' : story.mode],
          ['Status', state],
        ),
        story.today ? entry(story.today) : h('p', { class: 'quiet' }, 'Nothing written yet.'),
      ),
      card('Last seen', note(date(londonDay(new Date(now.getTime() - daysAgo * DAY))).shown, by, text)),
    ],
    [
      card('Problems', list(story.problems)),
      card('Repeat medicines', list(story.medicines)),
      card('Reviews and recalls', orders(story.due)),
      card('On the record', h('p', {}, onRecord ?? 'No family members registered here')),
    ],
  );
};

const entry = ({ history, examination, plan }: Consultation): HTMLElement =>
  h(
    'dl',
    { class: 'entry' },
    ...[
      ['History', history],
      ['Examination', examination],
      ['Plan', plan],
    ].map(([label = '', text]) => h('div', {}, h('dt', {}, label), h('dd', {}, text))),
  );

const list = (items: readonly string[]): HTMLElement =>
  items.length === 0
    ? h('p', { class: 'quiet' }, 'None')
    : h('ul', { class: 'lines' }, ...items.map((item) => h('li', {}, item)));
