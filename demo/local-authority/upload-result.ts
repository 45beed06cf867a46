/** What the register did with an upload, record by record. */
import { h } from '../epr/dom.js';
import { nhsNumber } from '../epr/format.js';
import type { FileCode, UploadResult } from '../shared/register-api.js';
import { grouped, inWords, NOT_RECORDED } from './words.js';

/** How many rows are drawn at a time. A file may hold 10,000. */
const MANY = 200;

const outcome: Readonly<Record<FileCode, 'taken' | 'partly' | 'not-taken'>> = {
  CPF01: 'not-taken',
  CPF02: 'taken',
  CPF03: 'partly',
  CPF04: 'not-taken',
  CPF05: 'not-taken',
};

export const uploadResultView = ({ file, message, records }: UploadResult): HTMLElement => {
  const taken = records.filter(({ code }) => code === 'CPR06');
  // Records that need work come first.
  const inOrder = [...records.filter(({ code }) => code !== 'CPR06'), ...taken];
  return h(
    'section',
    { class: 'panel result', 'data-outcome': outcome[file], 'data-file': file, 'aria-label': 'Result' },
    h('h2', { class: 'panel__title', tabindex: '-1' }, h('span', { class: 'code' }, file), ' ', inWords(message)),
    records.length === 0
      ? undefined
      : h(
          'p',
          {},
          `${grouped(taken.length)} of ${grouped(records.length)} taken.`,
          ...(taken.length < records.length
            ? [' The others are on the ', h('a', { href: '#to-correct' }, 'to-correct list'), '.']
            : []),
          records.length > MANY ? ` ${MANY} shown, those not taken first.` : '',
        ),
    records.length === 0 ? undefined : rowsTable(inOrder.slice(0, MANY)),
  );
};

const rowsTable = (records: UploadResult['records']): HTMLElement =>
  h(
    'table',
    { class: 'table table--cards' },
    h(
      'thead',
      {},
      h('tr', {}, ...['Row', 'NHS No.', 'Code', 'Message'].map((name) => h('th', { scope: 'col' }, name))),
    ),
    h(
      'tbody',
      {},
      ...records.map((record) =>
        h(
          'tr',
          { 'data-code': record.code },
          h('td', { 'data-label': 'Row' }, String(record.row)),
          h('td', { 'data-label': 'NHS No.', class: 'nowrap' }, shownNumber(record.nhsNumber)),
          h('td', { 'data-label': 'Code' }, h('span', { class: 'code' }, record.code)),
          h('td', { 'data-label': 'Message' }, inWords(record.message)),
        ),
      ),
    ),
  );

/** Anything that is not a number is shown as it was sent. */
export const shownNumber = (sent: string): string =>
  sent === '' ? NOT_RECORDED : /^\d{10}$/.test(sent) ? nhsNumber(sent) : sent;
