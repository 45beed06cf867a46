import * as v from 'valibot';

import { isPlainAddress, linkNames, linkNamesAnother, namesAnother } from './patient-numbers.js';
import type { Entry, Resource, Shapes } from './shapes.js';

/** A searchset as far as it could be read. */
export interface SearchSet {
  /** True only for the one shape that may mean "no record" (safety rule 1). */
  readonly empty: boolean;
  /** Something in it is identified by, or asks for, another NHS number. */
  readonly stray: boolean;
  /** Matches and includes; never an outcome. */
  readonly entries: readonly Entry[];
  /** The Bundle says that there is more, or says something that its entries do not bear out. */
  readonly unreliable: boolean;
}

/**
 * Reads the Bundle around the entries; `undefined` when the body is not one. `matchType`: the resource that `total`
 * counts. `types`: the kinds of Bundle that may carry a record by this route.
 */
export function readSearchSet(
  body: unknown,
  nhsNumber: string,
  shapes: Shapes,
  matchType: string,
  types: readonly string[],
): SearchSet | undefined {
  const read = v.safeParse(shapes.bundle, body);
  if (!read.success) return undefined;
  const { type, link, entry: entries } = read.output;
  const total = read.output['total'];
  const rawEntry = (body as { entry?: unknown }).entry;

  const noEntry = rawEntry === undefined || (Array.isArray(rawEntry) && rawEntry.length === 0);
  // Relations are compared without regard to case (RFC 8288).
  const links = link.map(({ relation = '', url = '' }) => ({ relation: relation.toLowerCase(), url }));
  const linksBearOut = links.every(
    ({ relation, url }) => linkNames(url, nhsNumber) || (relation !== 'self' && isPlainAddress(url)),
  );
  const more = links.some(({ relation }) => relation === 'next');
  const linkStray = links.some(({ url }) => linkNamesAnother(url, nhsNumber));
  const outcome = entries.some(
    (item) => item.search?.mode === 'outcome' || item.resource.resourceType === 'OperationOutcome',
  );
  const matches = entries.filter(
    ({ search, resource }) => search?.mode !== 'include' && resource.resourceType === matchType,
  );

  return {
    empty:
      type === 'searchset' &&
      total === 0 &&
      noEntry &&
      !more &&
      linksBearOut &&
      !shapes.flaws.found &&
      isPlain(body as object),
    stray: linkStray || namesAnother(body, nhsNumber),
    entries: once(entries.filter(({ search }) => search?.mode !== 'outcome')),
    unreliable:
      more ||
      outcome ||
      type === undefined ||
      !types.includes(type) ||
      (type === 'searchset' && total !== matches.length),
  };
}

/** A resource sent twice counts once (FHIR R4, bdl-7). Two that differ under one name are both kept. */
function once(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>();
  return entries.filter(({ fullUrl, resource }) => {
    if (fullUrl === undefined && resource.id === undefined) return true;
    const said = JSON.stringify([fullUrl, resource]);
    const isNew = !seen.has(said);
    seen.add(said);
    return isNew;
  });
}

/** The members that a true "no record" may have: any other may be an objection, or a sign of something withheld. */
const plainMembers = {
  bundle: ['resourceType', 'id', 'type', 'total', 'link', 'entry', 'meta', 'timestamp'],
  meta: ['versionId', 'lastUpdated', 'source', 'profile'],
  link: ['id', 'relation', 'url'],
};

function isPlain(bundle: object): boolean {
  const hasOnly = (node: unknown, members: readonly string[]): boolean =>
    typeof node === 'object' &&
    node !== null &&
    !Array.isArray(node) &&
    Object.keys(node).every((name) => members.includes(name));
  const { id = '', timestamp = '', meta = {}, link = [] } = bundle as Partial<Record<string, unknown>>;
  return (
    hasOnly(bundle, plainMembers.bundle) &&
    hasOnly(meta, plainMembers.meta) &&
    Array.isArray(link) &&
    link.every((one) => hasOnly(one, plainMembers.link)) &&
    [id, timestamp].every((said) => typeof said === 'string')
  );
}

/** The resources of one type among the entries. */
export const ofType = (entries: readonly Entry[], type: string): readonly Resource[] =>
  entries.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === type);
