import { oneOf } from '../campaign.js';

type Random = () => number;

/** What an answer's headers say of its age. */
export interface AgeOf {
  readonly fields: Readonly<Record<string, string>>;
  /** Its `Date`, in seconds after the true time; `undefined`: as the server writes it. */
  readonly ahead: number | undefined;
  /** The same register has answered just before, at the true time. */
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
/** Some way off the tolerance of a minute, on either side. */
const aheads = [-86_400, -3600, -120, -75, -45, 0, 30, 3600];
const others = [
  ['X-Cache', 'HIT'],
  ['Cache-Control', 'max-age=600'],
  ['Via', '1.1 proxy'],
] as const;

/** Headers as caches, proxies and servers with other clocks write them; plain ones in most cases. */
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

/** The fields to send now. */
export const sent = ({ fields, ahead }: AgeOf): Record<string, string> =>
  ahead === undefined ? { ...fields } : { ...fields, Date: new Date(Date.now() + ahead * 1000).toUTCString() };

/** Whether the answer was kept on its way, by RFC 9111's words and the minute of the safety case; no code of the tag's. */
export function wasKept({ fields, ahead, hasAnswered }: AgeOf): boolean {
  const age = (fields['Age'] ?? '').split(',').some((part) => /^\s*\d+\s*$/.test(part) && Number(part) > 0);
  const stale = (fields['Warning'] ?? '').split(',').some((part) => /^\s*11[01]\s/.test(part));
  return age || stale || (hasAnswered && ahead !== undefined && ahead < -60);
}
