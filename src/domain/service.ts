/** What kind of service it is, for a reader of the visit history. */
export type ServiceKind = 'emergency-department' | 'call-or-ambulance' | 'other';

/** `THE WHITTINGTON HOSPITAL NHS TRUST - ED (RKEAA)`: the ODS code, in capitals and digits, comes last. */
const CODE = /\(([A-Z\d]{3,10})\)$/;

/** The same for two spellings of one service; empty for a service without a name. A code alone would mean a site. */
export const serviceKey = (place: string | undefined): string => (place ?? '').replace(/\s/g, '').toLowerCase();

/**
 * Whether a view's place is this service: the whole name as CP-IS lists it, the name without its code, or the code.
 * Capitals and spaces aside, never a near match: another ward of the same hospital is another service, though they may
 * share a code.
 */
export function isService(place: string | undefined, service: string): boolean {
  const wanted = serviceKey(service);
  if (place === undefined || wanted === '') return false;
  const name = place.trimEnd();
  return [name, name.replace(CODE, ''), CODE.exec(name)?.[1]].some((known) => serviceKey(known) === wanted);
}

const CALL = /\b(?:nhs)?111\b|ambulance/i;
const EMERGENCY = /\bemergency (?:department|dep|dept)\b|accident (?:and|&) emergency|\ba ?& ?e\b|\bED\b/i;

/** As far as its name shows. Views by NHS 111 and by ambulance are events of their own, never one stay. */
export const kindOfService = (place = ''): ServiceKind => {
  if (CALL.test(place)) return 'call-or-ambulance';
  return EMERGENCY.test(place) ? 'emergency-department' : 'other';
};
