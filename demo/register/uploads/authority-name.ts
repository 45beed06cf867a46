import { childrensServices } from '../seed/childrens-services.js';

/** A local authority, by its GSS code and a name it uses. */
interface Named {
  code: string;
  name: string;
}

/** Other names that authorities use, which no rule here derives. */
const aliases: readonly Named[] = [
  { code: 'E06000010', name: 'Hull' },
  { code: 'E06000058', name: 'BCP' },
  { code: 'E08000021', name: 'Newcastle' },
];

/** Words that mean "an authority", or which kind, but say nothing about where. */
const generic = new Set(
  `the of and a council corporation local authority la children childrens social services service care london royal
   metropolitan borough lb mbc district county city unitary emergency duty team department trust`.split(/\s+/),
);

/** The words of a name that say where: "SFD1 - SHEFFIELD CITY COUNCIL" is Sheffield. When no word does, all of them. */
const placeOf = (name: string): ReadonlySet<string> => {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^(?=[a-z]*\d)[a-z\d]+\s*[-–—:]/, '')
    .replace(/['’]/g, '')
    .replace(/\bsaint\b/g, 'st')
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '');
  const places = words.filter((word) => !generic.has(word));
  return new Set(places.length > 0 ? places : words.filter((word) => !['the', 'of', 'council'].includes(word)));
};

const holds = (whole: ReadonlySet<string>, part: ReadonlySet<string>): boolean =>
  part.size > 0 && [...part].every((word) => whole.has(word));

/**
 * Whether a name would be taken for another authority's. Health groups numbers by that name, and would ring the wrong
 * one. When a name could mean several authorities, the one with the most words in common counts: "North Somerset" is
 * not a name for Somerset.
 * @param borne the names that authorities have now
 */
export const isAnothersName = ({ code, name }: Named, borne: readonly Named[]): boolean => {
  const place = placeOf(name);
  const codes = childrensServices.map((one) => ({ code: one.code, name: one.code }));
  const meant = [...childrensServices, ...codes, ...aliases, ...borne]
    .map((one) => ({ code: one.code, place: placeOf(one.name) }))
    .filter((one) => holds(place, one.place));
  const most = Math.max(0, ...meant.map((one) => one.place.size));
  const nearest = meant.filter((one) => one.place.size === most);
  return nearest.length > 0 && !nearest.some((one) => one.code === code);
};
