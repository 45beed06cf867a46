/** Who the child is, in one line: name, age, date of birth, NHS number. */
import { h } from '../epr/dom.js';
import { nhsNumber } from '../epr/format.js';
import type { ChildSeen } from '../shared/register-api.js';
import { day, NOT_RECORDED } from './words.js';

export const childName = (child: ChildSeen): HTMLAnchorElement => h('a', { href: `#child/${child.id}` }, child.name);

export const childFacts = (child: ChildSeen): HTMLElement =>
  h(
    'dl',
    { class: 'who' },
    fact('Age', child.age ?? NOT_RECORDED),
    fact('Born', day(child.birthDate)),
    fact('NHS No.', h('span', { class: 'who__number' }, nhsNumber(child.nhsNumber))),
  );

const fact = (label: string, value: Node | string): HTMLElement => h('div', {}, h('dt', {}, label), h('dd', {}, value));
