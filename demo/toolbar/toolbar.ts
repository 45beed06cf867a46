/**
 * The demo's controls, in the strip under the top bar: the time, the care setting and what goes wrong. They set what a
 * host sets (attributes of the tag) and what the sandbox offers. Nothing reaches into the tag.
 */
import { h, type Child } from '../epr/dom.js';
import { date, londonDay, londonTime } from '../epr/format.js';
import { londonInstant } from '../shared/time.js';
import { followClock, setClock } from './clock-door.js';
import { baseUrlWith, failures } from './failures.js';
import { attendances, settings } from './settings.js';
import { rememberedShift } from './shift.js';
import { times } from './times.js';

type Options = readonly (readonly [name: string, value: string])[];

const field = (label: string, control: HTMLElement): HTMLElement =>
  h('label', { class: 'toolbar__field' }, label, control);

const choice = (id: string, options: Options, chosen: string, choose: (value: string) => void): HTMLSelectElement => {
  const select = h(
    'select',
    { id },
    ...options.map(([name, value]) => h('option', { value, selected: value === chosen ? '' : undefined }, name)),
  );
  select.addEventListener('change', () => choose(select.value));
  return select;
};

/** As clocks in London show it, whatever this computer's time zone. @param wall 2026-11-22T21:42 */
const setWallClock = (wall: string): void => {
  const [day = '', time = ''] = wall.split('T');
  const at = londonInstant(day, time.slice(0, 5));
  if (!Number.isNaN(at)) void setClock(Math.round(at - (Date.now() - rememberedShift())));
};

const clockFields = (): readonly HTMLElement[] => {
  const now = new Date();
  const free = h('input', {
    id: 'toolbar-time',
    type: 'datetime-local',
    value: `${londonDay(now)}T${londonTime(now)}`,
  });
  const set = h('button', { type: 'submit', class: 'toolbar__button' }, 'Set');
  const form = h('form', { class: 'toolbar__form' }, field('Date and time', free), set);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    setWallClock(free.value);
  });
  const real = rememberedShift() === 0;
  const options: Options = [
    real ? ['This computer’s clock', ''] : ['Chosen time, ticking', 'stay'],
    ...(real ? [] : [['This computer’s clock', ''] as const]),
    ...times,
  ];
  const preset = choice('toolbar-clock', options, real ? '' : 'stay', (value) => {
    if (value === '') void setClock(0);
    else setWallClock(value);
  });
  return [field('Clock', preset), form];
};

const tagFields = (tag: Element, changed: () => void): readonly HTMLElement[] => {
  const set = (attribute: string, value: string): void => {
    if (value === '') tag.removeAttribute(attribute);
    else tag.setAttribute(attribute, value);
    changed();
  };
  return [
    field(
      'Care setting',
      choice('toolbar-setting', settings, tag.getAttribute('care-setting') ?? '', (value) =>
        set('care-setting', value),
      ),
    ),
    field(
      'Attendance',
      choice('toolbar-attendance', attendances, '', (value) => set('attendance', value)),
    ),
    field(
      'The register',
      choice('toolbar-failure', [['Answers', ''], ...failures], '', (fault) => set('base-url', baseUrlWith(fault))),
    ),
  ];
};

/** What the closed toolbar still says, so that nobody takes a chosen time or a simulated failure for the real thing. */
const inShort = (tag: Element | null): string => {
  const now = new Date();
  const clock = rememberedShift() === 0 ? undefined : `clock set to ${date(londonDay(now)).shown} ${londonTime(now)}`;
  const fault = /\/faults\/([^/]+)/.exec(tag?.getAttribute('base-url') ?? '')?.[1];
  const failure = failures.find(([, value]) => value === fault)?.[0].toLowerCase();
  return [clock, failure && `register: ${failure}`].filter((part) => part !== undefined).join(' · ');
};

const draw = (place: Element): void => {
  const tag = document.querySelector('main cp-is-banner');
  const said = h('span', { class: 'toolbar__state' });
  const say = (): void => {
    said.textContent = inShort(tag);
  };
  const fields: readonly Child[] = [...clockFields(), ...(tag ? tagFields(tag, say) : [])];
  const note = h('p', { class: 'toolbar__note' }, 'Setting the clock puts the register’s first records back.');
  const panel = h(
    'div',
    { id: 'toolbar', class: 'toolbar', role: 'group', 'aria-label': 'Demo controls' },
    ...fields,
    note,
  );
  const button = h('button', { type: 'button', class: 'toolbar__open', 'aria-controls': 'toolbar' }, 'Demo controls');
  const open = (yes: boolean): void => {
    panel.hidden = !yes;
    button.setAttribute('aria-expanded', String(yes));
  };
  button.addEventListener('click', () => open(panel.hasAttribute('hidden')));
  panel.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    open(false);
    button.focus();
  });
  place.append(said, button, panel);
  open(false);
  say();
  setInterval(say, 5_000);
};

const place = document.querySelector('.invented');
if (place) draw(place);
void followClock();
