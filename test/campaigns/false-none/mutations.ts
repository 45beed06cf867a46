import { otherNumber } from '../../fixtures/bundles.js';
import { oneOf } from '../campaign.js';

type Random = () => number;
type Node = Record<string, unknown> | unknown[];

/** A place in a JSON tree: a key of an object, or a position in a list. */
interface Place {
  readonly parent: Node;
  readonly key: string;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

function placesIn(node: Node): Place[] {
  return Object.entries(node).flatMap(([key, child]) => [
    { parent: node, key },
    ...(isNode(child) ? placesIn(child) : []),
  ]);
}

const valueAt = ({ parent, key }: Place): unknown => (parent as Record<string, unknown>)[key];

const set = ({ parent, key }: Place, value: unknown): void => {
  // "__proto__" is a key like any other, as it is in JSON.
  Object.defineProperty(parent, key, { value, enumerable: true, writable: true, configurable: true });
};

const cut = ({ parent, key }: Place): unknown => {
  const value = valueAt({ parent, key });
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
  return value;
};

const copy = (value: unknown): unknown => (value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown));

const bundleKeys = ['total', 'type', 'entry', 'link', 'relation', 'url', 'resourceType', 'resource', 'search', 'mode'];
const otherKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'Total',
  'entry ',
  'entries',
  'contained',
  'issue',
  '',
];
const totals = [0, -0, 1, 2, -1, 0.5, '0', '', null, false, true, [], [0], {}, { value: 0 }];
const entries = [[], null, {}, '', 0, false, [null], [[]], [{}], { length: 0 }, [{ search: { mode: 'match' } }]];
const types = [
  'searchset',
  'Searchset',
  'collection',
  'batch-response',
  'history',
  '',
  null,
  ['searchset'],
  'search-set',
];
const resourceTypes = [
  'Bundle',
  'bundle',
  'CareTeam',
  'AuditEvent',
  'OperationOutcome',
  'Patient',
  'Flag',
  null,
  ['Bundle'],
];
const odd = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1e21,
  '',
  ' ',
  '0',
  'x',
  [],
  {},
  [[]],
  [null],
  [{}],
  '\ud800',
  '\u0000',
  '2026-02-30',
];
const self = 'https://register.example/cpis/FHIR/R4/CareTeam?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|';
const links = [
  ...['next', 'Next', 'NEXT', ' next '].map((relation) => ({ relation, url: `${self}1&page=2` })),
  { relation: 'self', url: self + otherNumber },
  { relation: 'self', url: encodeURI(self + otherNumber).replaceAll('|', '%7C') },
  { relation: 'Self', url: self + otherNumber },
  { relation: 'self', url: `https://register.example/cpis/FHIR/R4/PatientFlag?patient=${otherNumber}` },
  ...['first', 'last', 'prev', 'alternate'].map((relation) => ({ relation, url: self + otherNumber })),
  { relation: 'self', url: self.split('?')[0] },
  { relation: 'self', url: `${self.split('?')[0] ?? ''}?patient=Patient/abc` },
  { relation: 'last', url: self.split('?')[0] },
  { relation: 'previous', url: self },
  { relation: 'first', url: self },
  { relation: null, url: self },
  null,
  'next',
];

/** Things beside a "none" that may contradict it, or say that something was withheld. */
const objections: readonly (readonly [key: string, value: unknown])[] = [
  ['implicitRules', 'https://example.org/rules'],
  ['modifierExtension', [{ url: 'https://example.org/not' }]],
  ['extension', [{ url: 'https://example.org/withheld', valueBoolean: true }]],
  ['_total', { extension: [{ url: 'https://example.org/masked' }] }],
  ['issues', { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'incomplete' }] }],
  ['contained', [{ resourceType: 'OperationOutcome' }]],
  ['meta', { tag: [{ code: 'SUBSETTED' }] }],
  ['meta', { security: [{ code: 'REDACTED' }] }],
  ['meta', { lastUpdated: '2026-01-01T00:00:00Z', profile: ['https://example.org/profile'] }],
  ['id', 'one'],
  ['timestamp', '2026-01-01T00:00:00Z'],
  ['language', 'en'],
  ['signature', {}],
  ['identifier', { value: 'one' }],
  ['_entry', { extension: [{ url: 'https://example.org/masked' }] }],
  ['_link', [{ extension: [] }]],
  ['meta', { security: [] }],
  ['meta', { tag: null }],
  ['meta', { versionId: '1', source: 'urn:x', extension: [] }],
  ['meta', { versionId: '1', source: 'urn:x' }],
  ['meta', []],
  ['meta', null],
  ['text', { status: 'generated' }],
  ['hasMore', true],
  ['partial', true],
  ['warnings', ['a source did not answer']],
  ['resource', null],
  ['status', 'partial'],
];

/** A text as the number that it spells, and anything else as text. */
const plainly = (value: unknown): unknown => (typeof value === 'string' ? Number(value) : `${typeof value} value`);

/** Each changes a body in one place, as a fault or a careless intermediary might. */
/** What FHIR allows to change the meaning of a resource, or of what is beside one. */
const modifiers: readonly (readonly [key: string, value: unknown])[] = [
  ...['entered-in-error', 'inactive', 'suspended', 'proposed', 'revoked', 'completed', 'draft', 'active', 'x', 5].map(
    (status) => ['status', status] as const,
  ),
  ['intent', 'option'],
  ['intent', 'plan'],
  ['implicitRules', 'https://example.org/rules'],
  ['modifierExtension', [{ url: 'https://example.org/refuted', valueBoolean: true }]],
  ['modifierExtension', []],
  ['use', 'old'],
  ['period', { end: '2020-01-01' }],
  ['search', { mode: 'outcome' }],
  ['search', { mode: 'include' }],
  ['response', { status: '404' }],
];

const changes: readonly ((bundle: Record<string, unknown>, random: Random) => void)[] = [
  (bundle, random) => void cut(oneOf(random, placesIn(bundle))),
  (bundle, random) => set(oneOf(random, placesIn(bundle)), copy(oneOf(random, odd))),
  // Duplicated: in its list, or under another name.
  (bundle, random) => {
    const place = oneOf(random, placesIn(bundle));
    const twin = copy(valueAt(place));
    if (Array.isArray(place.parent)) place.parent.push(twin);
    else set({ parent: place.parent, key: oneOf(random, [...bundleKeys, ...otherKeys]) }, twin);
  },
  // Retyped.
  (bundle, random) => {
    const place = oneOf(random, placesIn(bundle));
    const value = valueAt(place);
    const wrap: readonly unknown[] = [[value], { value }, JSON.stringify(value), !value, plainly(value)];
    set(place, copy(oneOf(random, wrap)));
  },
  // Renamed.
  (bundle, random) => {
    const place = oneOf(random, placesIn(bundle));
    if (Array.isArray(place.parent)) return;
    const cased = place.key.toUpperCase();
    set(
      { parent: place.parent, key: oneOf(random, [...bundleKeys, ...otherKeys, cased, `${place.key}s`]) },
      cut(place),
    );
  },
  // Moved.
  (bundle, random) => {
    const value = cut(oneOf(random, placesIn(bundle)));
    const homes = [bundle, ...placesIn(bundle).map(valueAt).filter(isNode)];
    const parent = oneOf(random, homes);
    if (Array.isArray(parent)) parent.push(value);
    else set({ parent, key: oneOf(random, [...bundleKeys, ...otherKeys]) }, value);
  },
  // Exchanged, by value.
  (bundle, random) => {
    const [one, other] = [oneOf(random, placesIn(bundle)), oneOf(random, placesIn(bundle))];
    const [first, second] = [copy(valueAt(one)), copy(valueAt(other))];
    set(one, second);
    set(other, first);
  },
  (bundle, random) => set({ parent: bundle, key: 'total' }, oneOf(random, totals)),
  (bundle, random) => {
    const [key, value] = oneOf(random, objections);
    set({ parent: bundle, key }, copy(value));
  },
  // One node, or every resource, is altered.
  (bundle, random) => {
    const nodes = placesIn(bundle)
      .map(valueAt)
      .filter((value) => isNode(value) && !Array.isArray(value));
    const resources = nodes.filter((node) => 'resourceType' in (node as object));
    const [key, value] = oneOf(random, modifiers);
    const altered = random() < 0.5 ? resources : [oneOf(random, [bundle, ...nodes])];
    for (const node of altered) set({ parent: node as Node, key }, copy(value));
  },
  (bundle, random) => set({ parent: bundle, key: 'entry' }, copy(oneOf(random, entries))),
  (bundle, random) => set({ parent: bundle, key: 'type' }, oneOf(random, types)),
  (bundle, random) => {
    const places = placesIn(bundle).filter(({ key }) => key === 'resourceType');
    if (places.length > 0) set(oneOf(random, places), oneOf(random, resourceTypes));
  },
  (bundle, random) => {
    const link = copy(oneOf(random, links));
    if (Array.isArray(bundle['link'])) bundle['link'].push(link);
    else bundle['link'] = oneOf(random, [[link], link]);
  },
  // The whole says "none", wherever the record has been moved to.
  (bundle, random) => {
    const record = bundle['entry'];
    bundle['total'] = 0;
    if (random() < 0.5) bundle['entry'] = [];
    else delete bundle['entry'];
    if (random() < 0.7) set({ parent: bundle, key: oneOf(random, otherKeys) }, record ?? null);
  },
  (bundle, random) => {
    const issue = [{ severity: oneOf(random, ['warning', 'error', 'information']), code: 'incomplete' }];
    const outcome = { resource: { resourceType: 'OperationOutcome', issue }, search: { mode: 'outcome' } };
    bundle['entry'] = [...(Array.isArray(bundle['entry']) ? (bundle['entry'] as unknown[]) : []), outcome];
  },
];

/** Another patient’s number, in some places or in all. */
const renumbered = (text: string, random: Random): string => {
  const all = random() < 0.3;
  return text.replaceAll(/\b999\d{7}\b/g, (number) => (all || random() < 0.5 ? otherNumber : number));
};

/** The same key twice in one object, with different values, first or last. */
const doubled = (text: string, random: Random): string => {
  const said = oneOf(random, [
    '"total":0',
    '"total":1',
    '"entry":[]',
    '"entry":[{}]',
    '"type":"searchset"',
    '"type":"collection"',
    '"resourceType":"Bundle"',
    '"link":[]',
  ]);
  return random() < 0.5 ? text.replace('{', `{${said},`) : text.replace(/\}\s*$/, `,${said}}`);
};

const spliced = (text: string, random: Random): string => {
  const from = Math.floor(random() * text.length);
  return text.slice(0, from) + text.slice(from + 1 + Math.floor(random() * 40));
};

/** Changes to the text around and within a body. */
const textChanges: readonly ((text: string, random: Random) => string)[] = [
  renumbered,
  doubled,
  spliced,
  (text) => `\ufeff${text}`,
  (text) => `\ufeff\ufeff${text}`,
  (text, random) =>
    text + oneOf(random, ['}', ']', ' x', '\u0000', '\n{}', text, '\n', ' \t\r\n', '/* ok */', '<html>']),
  (text, random) => oneOf(random, [")]}',\n", 'null', '\u0000', '// none\n', ' ', '\n', '[', 'while(1);']) + text,
  (text, random) => `[${text}${oneOf(random, [']', ''])}`,
  (text) => JSON.stringify(text),
  (text, random) =>
    text.replace(
      /"total":\s*\d+/,
      `"total":${oneOf(random, ['0.0', '-0', '0e9', '0E-3', '00', '+0', '0x0', '.0', '0.', 'NaN', "'0'", '0,', '1-1', 'undefined'])}`,
    ),
  (text) => text.replaceAll('"', "'"),
  (text) => text.replaceAll('":', '" : ').replaceAll(',', ',\r\n\t'),
];

const bytesOf = (text: string, encoding: BufferEncoding): Uint8Array => Buffer.from(text, encoding);

/** Changes to the bytes: other encodings, and flipped bytes. */
const byteChanges: readonly ((text: string, random: Random) => Uint8Array)[] = [
  (text) => bytesOf(text, 'utf16le'),
  (text) => bytesOf(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  (text) => bytesOf(text, 'latin1'),
  (text) => bytesOf(Buffer.from(text).toString('base64'), 'latin1'),
  (text, random) => {
    const bytes = Buffer.from(text);
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    return bytes;
  },
  (text, random) => {
    const at = Math.floor(random() * text.length);
    return Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from([0xc0, 0x80]), Buffer.from(text.slice(at))]);
  },
];

/** A body with one to four changes to its structure, and sometimes to its text and bytes too. */
export function mutated(body: object, random: Random): Uint8Array {
  const bundle = copy(body) as Record<string, unknown>;
  const structural = random() < 0.85;
  for (let left = structural ? 1 + Math.floor(random() * 4) : 0; left > 0; left -= 1) {
    if (Object.keys(bundle).length > 0) oneOf(random, changes)(bundle, random);
  }
  let text = JSON.stringify(bundle);
  if (!structural || random() < 0.3) text = oneOf(random, textChanges)(text, random);
  return random() < 0.08 ? oneOf(random, byteChanges)(text, random) : bytesOf(text, 'utf8');
}
