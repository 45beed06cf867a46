// Judges "none" by safety rule 1 alone. It is written from the rule's words, and shares nothing with the tag's own
// parser.

/** One HTTP answer as it was delivered. */
export interface Delivered {
  readonly status: number;
  readonly body: Uint8Array;
  /** Whether every byte came, and before the deadline. */
  readonly whole: boolean;
  /** Whether a cache kept it on its way. */
  readonly kept: boolean;
}

const members = new Set(['resourceType', 'id', 'type', 'total', 'link', 'entry', 'meta', 'timestamp']);
const ofMeta = new Set(['versionId', 'lastUpdated', 'source', 'profile']);
const ofLink = new Set(['id', 'relation', 'url']);

/** A node may have no other members, because any of them could contradict the answer. */
const hasOnly = (node: unknown, allowed: ReadonlySet<string>): boolean =>
  node === undefined || (isObject(node) && Object.keys(node).every((key) => allowed.has(key)));
const isObject = (node: unknown): node is object => typeof node === 'object' && node !== null && !Array.isArray(node);

/**
 * A true none: HTTP 200, current, a `searchset` Bundle with `total` the number 0, `entry` absent or `[]`, no `next`
 * link, and no other member. Each link that asks about anybody, and `self` in any case, asks about this number alone. A
 * text with the same key twice says nothing for certain.
 */
export function isTrueNone({ status, body, whole, kept }: Delivered, nhsNumber: string): boolean {
  if (!whole || kept || status !== 200) return false;
  const text = new TextDecoder().decode(body);
  const bundle = parsed(text);
  if (typeof bundle !== 'object' || bundle === null || Array.isArray(bundle) || saysAnythingTwice(text)) return false;
  const said = new Map<string, unknown>(Object.entries(bundle));
  const entry = said.get('entry');
  return (
    said.get('resourceType') === 'Bundle' &&
    said.get('type') === 'searchset' &&
    said.get('total') === 0 &&
    (!said.has('entry') || (Array.isArray(entry) && entry.length === 0)) &&
    hasOnly(bundle, members) &&
    ['id', 'timestamp'].every((name) => !said.has(name) || typeof said.get(name) === 'string') &&
    hasOnly(said.get('meta'), ofMeta) &&
    areLinksHarmless(said.get('link'), nhsNumber)
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function areLinksHarmless(link: unknown, nhsNumber: string): boolean {
  if (link === undefined) return true;
  if (!Array.isArray(link)) return false;
  return link.every((one: unknown) => {
    const { relation = '', url = '' } = (one ?? {}) as { relation?: unknown; url?: unknown };
    if (typeof relation !== 'string' || typeof url !== 'string') return false;
    // Relations are compared case-insensitively (RFC 8288).
    const name = relation.trim().toLowerCase();
    if (name === 'next' || !hasOnly(one, ofLink)) return false;
    const numbers = numbersIn(url);
    if (name !== 'self' && !url.includes('?')) return numbers.length === 0;
    // Whether it asks about somebody: by a parameter's name, or by the system in its value. An address without its
    // query asks about nobody.
    const asks =
      /\?(?:[^#]*&)?patient(?:(?::|%3A)identifier)?=/.test(url) || /\?[^#]*=[^&#]*\/nhs-number(?:\||%7C)/.test(url);
    return asks && numbers.length > 0 && numbers.every((number) => number === nhsNumber);
  });
}

/**
 * Whether a link is an address that no register writes for this number: cut, quoted, or without a relation. Such a none
 * may still be true, but nobody has to believe it.
 */
export function isLinkDamaged(body: Uint8Array, nhsNumber: string): boolean {
  const { link } = parsed(new TextDecoder().decode(body)) as { link?: readonly { relation?: string; url?: string }[] };
  const base = 'https://register\\.example/cpis/FHIR/R4/';
  const patient = `(?::identifier=https://fhir\\.nhs\\.uk/Id/nhs-number\\||=)${nhsNumber}`;
  const whole = new RegExp(`^${base}(?:CareTeam|AuditEvent|PatientFlag)(?:\\?patient${patient}(?:&.*)?)?$`);
  return (link ?? []).some(({ relation = '', url = '' }) => relation.trim() === '' || !whole.test(url));
}

/** Every ten digits on their own in an address, except in a time stamp beside the patient. */
function numbersIn(url: string): string[] {
  let text = url;
  try {
    text = decodeURIComponent(url);
  } catch {
    // Used as it is.
  }
  return text.replace(/&ts=\d*/, '').match(/(?<!\d)\d{10}(?!\d)/g) ?? [];
}

/** Whether an object in a JSON text has the same key twice. It walks over the characters. */
function saysAnythingTwice(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(undefined);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const from = at;
      for (at += 1; text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
      let after = at + 1;
      while (/\s/.test(text[after] ?? '')) after += 1;
      if (text[after] !== ':') continue;
      const key = JSON.parse(text.slice(from, at + 1)) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}
