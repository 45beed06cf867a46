import naughty from 'big-list-of-naughty-strings';

import { randomOfCase } from '../campaign.js';
import { vector } from './vectors.js';

/** Broken and odd text that no list of naughty strings can hold, because such lists are UTF-8. */
const broken = [
  ...['\ud800', '\udfff', '\udc00\ud800', 'a\ud83d', '\ude00b', '\ud800\ud800', '\udbff\ue000', '\ud83d\ud83d\ude00'],
  ...['\ud800<img src=x onerror=hit(1)>', '"\udc00onmouseover="hit(1)', 'tel:\ud800', '02079460123\ud800'],
  ...['\u0000', 'a\u0000b', '\u0000<script>hit(1)</script>', '\ufeff', '\uffff', '\ufffe', '\u0085', '\u2028\u2029'],
  ...['\u202eevil\u202c', '\u2066\u2067\u2068', '\u200b', '\u00ad', '\u200d\u200c', '\u0300'.repeat(60), '\u001b[31m'],
];

/** Texts that look like something the tag reads or works with. */
const treacherous = [
  ...[
    '31-Feb-2026',
    '99-Jan-2020',
    '00-Xyz-0000',
    'Jan-2026',
    '2026-02-30',
    '0000-00-00',
    '+275760-09-13',
    '9999-12-31',
  ],
  ...[
    'javascript:hit(1)',
    'JaVaScRiPt:hit(1)',
    'tel:javascript:hit(1)',
    'tel:999',
    'data:text/html,<script>hit(1)</script>',
  ],
  ...['+44 20 7946 0123', '02079460123;ext=1;phone-context=hit', '02079460123"onclick="hit(1)', '02079460123 ext <b>'],
  ...['tel:02079460123', '0207946012３', '٠٢٠٧٩٤٦٠١٢٣', '020\u00a07946\u20110123', '020794601230207946012302079460123'],
  ...[
    '${hit(1)}',
    '{{hit(1)}}',
    '<!--?lit$1$-->',
    'lit$0000$',
    '<?lit$1$?>',
    '<!--lit-part-->',
    '$lit$',
    '</section></div>',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '__defineGetter__',
    'undefined',
    'null',
    'NaN',
    '[object Object]',
  ],
  ...[
    'E09000099',
    'SFD1 - ',
    'A1 - <b>x</b>',
    ';;;',
    'Islington;<b>;',
    'Mon-Fri 09:00-17:00; <b>',
    'Mon-Mon 00:00-00:00',
  ],
  ...[
    'x'.repeat(20_000),
    '<b>'.repeat(3000),
    '&#60;b&#62;',
    'a '.repeat(5000),
    '\n'.repeat(500),
    'Ş'.repeat(300),
    'ﬀ'.repeat(99),
  ],
];

const listed: readonly string[] = [...(naughty as readonly string[]), ...broken, ...treacherous];
const vectors = 1000;

export const stringCount = listed.length + vectors;
/** A prime above the count, so that the lists are well mixed in any slice. */
const step = 7919;

/** Each listed string once, and vectors for the places that are left. */
export function stringOf(seed: number, index: number): string {
  const at = (index * step + seed) % stringCount;
  return listed[at] ?? vector(randomOfCase(seed, at));
}

/** Harmless strings that together produce every kind of element that the tag has. */
export const harmless = [
  'Plain text',
  '',
  '02079460123',
  '01632 960123 ext 45',
  'SFD1 - SHEFFIELD CITY COUNCIL',
  '2026-01-05',
  'Mon-Thu 09:00-16:00',
  'compact',
  'panel',
  'scheduled',
  '9990000018',
];
