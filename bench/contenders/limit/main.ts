// The limit: fetch and the DOM, nothing else. It shows the same text, but checks nothing, shares nothing, never retries
// and never times out.
import { auditEventQuery, careTeamQuery, headersOf, search, type Accesses, type CareTeams } from '../shared/fhir.js';
import { href, readHeld, readHistory, words, type Held, type History, type Mark } from '../shared/record.js';
import { letBenchOpen, readStage } from '../shared/stage.js';
import './limit.css';

const { main, base, setting, unscheduled, numbers } = readStage();

type Child = Node | string;

function make(name: string, className: string, ...children: Child[]): HTMLElement {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

function drawn(name: string, attributes: Record<string, string | number>, text = ''): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  return element;
}

function phone(shown: string): Node {
  const link = document.createElement('a');
  link.href = href(shown);
  link.textContent = shown;
  const copy = make('button', 'copy', '⧉');
  copy.setAttribute('aria-label', `${words.copy} ${shown}`);
  copy.addEventListener('click', () => void navigator.clipboard.writeText(shown));
  return make('span', 'pair', link, copy);
}

function record({ plans, heading, checked, number, atOffice, ring, alert }: Held, banner: HTMLElement): HTMLElement {
  const [only] = plans;
  const hide = make('button', 'link', words.hide);
  hide.addEventListener('click', () => {
    banner.hidden = true;
  });
  const says = make('div', 'says', make('h2', '', heading));
  if (only !== undefined && plans.length === 1) says.append(make('p', '', `${only.since} · ${only.authority}`));
  const contacts = make('div', 'cell', make('h3', '', ring));
  const others = make('ul', '');
  for (const { authority, office, emergency } of plans) {
    const now = atOffice ? office : emergency;
    const other = atOffice ? emergency : office;
    contacts.append(make('div', 'ring', make('span', 'who', authority), phone(now)));
    others.append(make('li', '', atOffice ? 'Emergency duty team ' : 'Office ', phone(other)));
  }
  contacts.append(others);
  const visits = make('div', 'cell', make('h3', '', words.visitsLoading), make('p', ''));
  const details = make('div', 'details');
  if (plans.length > 1) {
    const rows = plans.map(({ kind, since, authority }) =>
      make('li', '', make('strong', '', kind), ` ${since} · ${authority}`),
    );
    details.append(make('div', 'cell', make('h3', '', words.plans), make('ul', '', ...rows)));
  }
  details.append(contacts, visits);
  const foot = make(
    'div',
    'foot',
    make('p', '', make('strong', '', unscheduled ? alert : words.silent), ` ${words.alertRest}`),
    make('button', 'link', words.openedInError),
  );
  banner.replaceChildren(
    make(
      'div',
      'heading',
      says,
      make(
        'div',
        'aside',
        make('span', '', number),
        make('span', '', checked),
        make('button', 'link', words.copyForTheNotes),
        hide,
      ),
    ),
    details,
    foot,
  );
  return visits;
}

const shapes: Readonly<Record<Mark['shape'], readonly [string, Record<string, string>]>> = {
  circle: ['circle', { r: '4.5' }],
  triangle: ['path', { d: 'M0-5.5 5.5 4.5h-11z' }],
  square: ['path', { d: 'M-4-4h8v8h-8z' }],
};

function mark(shape: Mark['shape'], x: string, y: number): SVGElement {
  const place = drawn('svg', { x, y, overflow: 'visible' });
  place.append(drawn(...shapes[shape]));
  return place;
}

function showHistory(history: History, cell: HTMLElement): void {
  const { visits, heading, lines, byService, in30Days, recent, months, marks } = history;
  if (visits.length === 0) {
    cell.firstChild!.textContent = words.notViewed;
    return;
  }
  cell.firstChild!.textContent = heading;
  cell.lastChild!.textContent = lines;
  const strip = drawn('svg', { class: 'strip', role: 'img' });
  strip.append(drawn('rect', { class: 'recent', x: `${recent}%`, y: 16, width: `${97 - recent}%`, height: 30 }));
  strip.append(drawn('text', { x: '98%', y: 12, 'text-anchor': 'end' }, in30Days));
  strip.append(drawn('line', { x1: 0, x2: '100%', y1: 46, y2: 46 }));
  for (const { x, name } of months) {
    strip.append(drawn('line', { x1: `${x}%`, x2: `${x}%`, y1: 43, y2: 49 }));
    strip.append(drawn('text', { x: `${x}%`, y: 62 }, name));
  }
  strip.append(drawn('text', { x: '100%', y: 62, 'text-anchor': 'end' }, 'Now'));
  strip.append(...marks.map(({ x, shape }) => mark(shape, `${x}%`, 36)));
  const legend = make('p', '');
  for (const [shape, name] of words.legend) {
    const key = drawn('svg', { width: 14, height: 14 });
    key.append(mark(shape, '7', 7));
    legend.append(key, ` ${name} `);
  }
  const often = make('div', 'cell', make('h3', '', words.howOften), make('p', '', byService), strip, legend);
  const body = make('tbody', '');
  for (const { at, place, viewer } of visits)
    body.append(make('tr', '', make('td', '', at), make('td', '', place), make('td', '', viewer)));
  const head = make('tr', '', ...words.columns.map((column) => make('th', '', column)));
  const table = make('table', '', make('caption', '', words.caption), make('thead', '', head), body);
  cell.parentElement!.after(often, make('div', 'table', table, make('p', '', words.note)));
}

const latest: string[] = [];

async function show(index: number, nhsNumber: string): Promise<void> {
  latest[index] = nhsNumber;
  const banner = main.children[index] as HTMLElement;
  if (nhsNumber === '') {
    banner.replaceChildren();
    return;
  }
  const isOver = (): boolean => latest[index] !== nhsNumber;
  const headers = headersOf(setting);
  banner.replaceChildren(make('p', '', words.checking(unscheduled)));
  const held = readHeld(await search<CareTeams>(`${base}/CareTeam?${careTeamQuery(nhsNumber)}`, headers), nhsNumber);
  if (isOver()) return;
  if (held === undefined) {
    banner.replaceChildren(make('p', '', make('strong', '', words.none), ` ${words.noneRest}`));
    return;
  }
  const cell = record(held, banner);
  const accesses = await search<Accesses>(`${base}/AuditEvent?${auditEventQuery(nhsNumber)}`, headers);
  if (!isOver()) showHistory(readHistory(accesses), cell);
}

const open = (index: number, nhsNumber: string): void => {
  show(index, nhsNumber).catch(() => {
    main.children[index]?.replaceChildren(words.notChecked);
  });
};

for (const [index, nhsNumber] of numbers.entries()) {
  const banner = make('section', 'banner');
  banner.setAttribute('aria-label', words.region);
  banner.dataset['banner'] = '';
  main.children[index]?.replaceWith(banner);
  open(index, nhsNumber);
}
letBenchOpen(open);
