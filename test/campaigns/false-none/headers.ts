import { oneOf } from '../campaign.js';

type Random = () => number;

/** What an answer's headers say about its age. */
export interface AgeOf {
  readonly fields: Readonly<Record<string, string>>;
  /** Its `Date`, in seconds ahead of the true time, or `undefined` for the date that the server writes. */
  readonly ahead: number | undefined;
  /** Whether the same register has answered just before, with the true time. */
  readonly hasAnswered: boolean;
}

export const plainHeaders: AgeOf = { fields: {}, ahead: undefined, hasAnswered: false };

const ages = ['0', '00', '1', '172800', '0, 5', '5, 0', ' 7 ', '-1', 'old', ''];
const warnings = [
  '110 - "Response is Stale"',
  '111 cache "Revalidation Failed"',
  '199 - "odd", 110 - "Response is Stale"',
  '199 - "110 miles"',
  '112 - "Disconnected"',
  '214 - "Transformation Applied"',
];
/** Well outside the tolerance of a minute, or well inside it. */
const aheads = [-86_400, -3600, -120, -75, -45, 0, 30, 3600];
const others = [
  ['X-Cache', 'HIT'],
  ['Cache-Control', 'max-age=600'],
  ['Via', '1.1 proxy'],
] as const;

/** Headers as caches, proxies and servers with other clocks write them. Most cases have ordinary ones. */
export function headersFrom(random: Random): AgeOf {
  const fields: Record<string, string> = {};
  if (random() < 0.12) fields['Age'] = oneOf(random, ages);
  if (random() < 0.08) fields['Warning'] = oneOf(random, warnings);
  if (random() < 0.1) {
    const [name, value] = oneOf(random, others);
    fields[name] = value;
  }
  const ahead = random() < 0.25 ? oneOf(random, aheads) : undefined;
  return { fields, ahead, hasAnswered: random() < 0.3 };
}

/** The fields as they must be sent now. */
export const sent = ({ fields, ahead }: AgeOf): Record<string, string> =>
  ahead === undefined ? { ...fields } : { ...fields, Date: new Date(Date.now() + ahead * 1000).toUTCString() };

/**
 * Whether the answer came from a cache, by RFC 9111's words and the safety case's minute. It uses no code of the tag's.
 */
export function wasKept({ fields, ahead, hasAnswered }: AgeOf): boolean {
  const age = (fields['Age'] ?? '').split(',').some((part) => /^\s*\d+\s*$/.test(part) && Number(part) > 0);
  const stale = (fields['Warning'] ?? '').split(',').some((part) => /^\s*11[01]\s/.test(part));
  return age || stale || (hasAnswered && ahead !== undefined && ahead < -60);
}
