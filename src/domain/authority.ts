import { authorities } from './authorities-data.js';

/** An English local authority with children's services: GSS code and short name. */
export interface Authority {
  gss: string;
  name: string;
}

/** How a plan's authority relates to the area where the tag is used. */
export type Area = 'home' | 'out-of-area' | 'not-recognised' | 'no-claim';

/** Such as `SFD1 - `. A code holds a digit, so that "NORTH - SOMERSET" never loses its North. */
const PREFIX = /^(?=[a-z]*\d)[a-z\d]{2,10}\s*[-–—:]\s*(?=\S)/i;
/** Words that say only "an authority", not which one. */
const ENDINGS = [
  ' council',
  ' corporation',
  ' local authority',
  ' la',
  ' childrens services',
  ' social services',
  ' childrens social care',
];
/** Words for a kind of authority. They must suit the one they name: there is no Derby County Council. */
const KIND =
  /^(?:(?:(?:london |royal |metropolitan )?borough|lb|city) of |lb )?(.+?)(?: (?:county|city|(?:london |metropolitan )?borough|metropolitan district|mbc))?$/;

const withoutPrefix = (raw: string): string => raw.trim().replace(PREFIX, '').replace(/\s+/g, ' ');

const keyOf = (name: string): string =>
  withoutEndings(
    name
      .toLowerCase()
      .replace(/['’]/g, '')
      .replaceAll('&', ' and ')
      .replace(/[^\p{L}\d]+/gu, ' ')
      .trim()
      .replace(/^the /, '')
      .replace(/\bsaint\b/, 'st'),
  );

function withoutEndings(name: string): string {
  const ending = ENDINGS.find((words) => name.endsWith(words));
  return ending === undefined ? name : withoutEndings(name.slice(0, -ending.length));
}

let index: Map<string | undefined, Authority> | undefined;

/** Every key → its authority, built when first asked for. */
function buildIndex(): Map<string | undefined, Authority> {
  const built = new Map<string | undefined, Authority>();
  for (const block of authorities.split(/\n(?=E\d\d)/)) {
    const [group, ...lines] = block.split('\n');
    let number = 0;
    for (const line of lines) {
      number = Number.parseInt(line) || number + 1;
      const gss = group! + String(number).padStart(6, '0');
      const all = line.replace(/^\d+ /, '').split('/');
      const authority = { gss, name: all[0]! };
      for (const name of [gss, ...all]) built.set(keyOf(name), authority);
    }
  }
  return built;
}

/** Whether these words suit an authority, by its GSS group: E06 unitary, E08 metropolitan, E09 London, E10 county. */
function bears(kinds: string, gss: string): boolean {
  const group = gss.slice(0, 3);
  if (group === 'E10') return kinds === 'county';
  if (kinds.includes('county')) return false;
  return (!/london|lb/.test(kinds) || group === 'E09') && (!/metropolitan|mbc/.test(kinds) || group === 'E08');
}

/**
 * The authority that a name or a GSS code means. Code prefix, case, punctuation, &, "St." and generic words ("Local
 * Authority", "County Council", "London Borough of") may differ; the rest must be equal. Never a near match: a wrong
 * authority would tell a clinician to ring strangers, or that a child is out of area.
 */
export function recogniseAuthority(raw: string): Authority | undefined {
  index ??= buildIndex();
  const key = keyOf(withoutPrefix(raw));
  const exact = index.get(key);
  if (exact) return exact;
  const base = KIND.exec(key)?.[1];
  const found = index.get(base);
  // Only the short name takes such words, not another name or a code: "City of Durham" is not the county.
  return found && keyOf(found.name) === base && bears(key.replace(base, '').trim(), found.gss) ? found : undefined;
}

/** Abbreviations, which stay in capitals: letters without a vowel, or around an &. */
const KEPT = /^(?:la|[b-df-hj-np-tv-xz]{3,}|[a-z]{1,3}&[a-z]{1,3})$/;
const SMALL = /^(?:of|and|upon|with|the|on|under)$/;

/** The name to show: the short name when recognised, otherwise the name as sent, without prefix or block capitals. */
export function authorityName(raw: string): string {
  const known = recogniseAuthority(raw);
  if (known) return known.name;
  const name = withoutPrefix(raw);
  if (name !== name.toUpperCase()) return name;
  return name.toLowerCase().replace(/[\p{L}\d'’&]+/gu, (word, at: number) => {
    if (KEPT.test(word)) return word.toUpperCase();
    return at > 0 && SMALL.test(word) ? word : word.charAt(0).toUpperCase() + word.slice(1);
  });
}

const entriesOf = (homeAuthorities: string): string[] =>
  homeAuthorities
    .split(';')
    .map((entry) => entry.trim())
    .filter(Boolean);

/**
 * How a plan's authority relates to the home authorities: names or GSS codes, separated by semicolons; none = no claim.
 * A name not recognised, on either side, never makes a patient "out of area".
 */
export function areaOf(raw: string, homeAuthorities: string): Area {
  const home = entriesOf(homeAuthorities).map(recogniseAuthority);
  if (home.length === 0) return 'no-claim';
  const gss = recogniseAuthority(raw)?.gss;
  if (!gss) return 'not-recognised';
  if (home.some((authority) => authority?.gss === gss)) return 'home';
  return home.includes(undefined) ? 'not-recognised' : 'out-of-area';
}

/** The home authorities that are not recognised, as written: a developer's mistake that deserves a warning. */
export function unrecognisedHomeAuthorities(homeAuthorities: string): readonly string[] {
  return entriesOf(homeAuthorities).filter((entry) => !recogniseAuthority(entry));
}
