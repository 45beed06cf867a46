/** The states of the tag on one sheet. Each cell has its own tag, set as a host sets it. */
import type { Banner } from '../epr/banner-tag.js';
import { byId, h } from '../epr/dom.js';
import { baseUrlWith } from '../toolbar/failures.js';
import { cells, groups, type Cell } from './cells.js';

/** Not the nurse of the ED's screen, so that what is opened here is not in her history. */
const USER = 'demo-ed-doctor';

const attendances = { unscheduled: 'emergency-department', scheduled: 'general-practice' };

interface Shown {
  cell: Cell;
  tag: Banner;
}

const set = ({ cell, tag }: Shown, attribute: string, value: string | undefined): void => {
  if (cell.needs?.[attribute] !== undefined) return;
  if (value === undefined) tag.removeAttribute(attribute);
  else tag.setAttribute(attribute, value);
};

const drawCell = (cell: Cell, index: number): Shown & { figure: HTMLElement } => {
  const tag = document.createElement('cp-is-banner') as Banner;
  tag.append('CP-IS not checked');
  const attributes = {
    'care-setting': attendances.unscheduled,
    'nhs-number-status': 'verified',
    'home-authorities': 'Islington; Camden; Haringey',
    service: 'Whittington Hospital, emergency department',
    'base-url': baseUrlWith(cell.fault ?? ''),
    ...(cell.nhsNumber === undefined ? {} : { 'nhs-number': cell.nhsNumber, encounter: `cell-${index + 1}` }),
    ...cell.needs,
  };
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  Object.assign(tag, cell.context);
  const token = cell.token ?? USER;
  tag.user = token;
  tag.accessToken = () => Promise.resolve(token);

  const said = h('code', { class: 'cell__said' });
  const say = (): void => {
    const read = ['status', 'reason', 'visits'].map((name) => tag.getAttribute(name));
    said.textContent = read.filter((value) => value !== null).join(' · ');
  };
  tag.addEventListener('cp-is-change', say);
  const id = `cell-${index + 1}`;
  return {
    cell,
    tag,
    figure: h(
      'article',
      { class: 'cell', 'data-cell': String(index), 'aria-labelledby': id },
      h('h3', { class: 'cell__name', id }, cell.name),
      tag,
      said,
    ),
  };
};

const drawn = cells.map(drawCell);

/** A page that was left must be a page of its own. Its tag joins the others once it has loaded. */
const drawLeftPage = (): HTMLElement => {
  const frame = h('iframe', { class: 'cell__page', src: './left-page.html', title: 'A page that was left' });
  const name = 'This page was left';
  frame.addEventListener('load', () => {
    const tag = frame.contentDocument?.querySelector<Banner>('cp-is-banner');
    if (tag) others.push({ cell: { name, shows: { status: 'not-checked', reason: 'check-again' } }, tag });
  });
  return h('article', { class: 'cell', 'aria-label': name }, h('h3', { class: 'cell__name' }, name), frame);
};

const others: Shown[] = [];
const everyone = (): readonly Shown[] => [...drawn, ...others];

const control = (id: string, apply: (value: string) => void): void => {
  const select = byId(id) as HTMLSelectElement;
  select.addEventListener('change', () => apply(select.value));
};

const check = (id: string, apply: (on: boolean) => void): void => {
  const box = byId(id) as HTMLInputElement;
  box.addEventListener('change', () => apply(box.checked));
};

const sheet = byId('sheet');
sheet.append(
  ...groups.map(({ title, cells: members }) =>
    h(
      'section',
      {},
      h('h2', {}, title),
      h('div', { class: 'cells' }, ...drawn.filter(({ cell }) => members.includes(cell)).map(({ figure }) => figure)),
    ),
  ),
  h('section', {}, h('h2', {}, 'Not checked: the browser'), h('div', { class: 'cells' }, drawLeftPage())),
);

control('layout', (layout) => {
  for (const one of everyone()) set(one, 'layout', layout);
});
control('attendance', (attendance) => {
  for (const one of everyone()) set(one, 'care-setting', attendances[attendance as keyof typeof attendances]);
});
control('width', (width) => sheet.style.setProperty('--cell', width));
check('discreet', (on) => {
  for (const one of everyone()) set(one, 'discreet', on ? '' : undefined);
});
check('dark', (on) => document.body.classList.toggle('dark', on));
