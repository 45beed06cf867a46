import {
  accesses,
  auditEvent,
  careTeam,
  flagBundle,
  flagged,
  nhsNumber,
  none,
  otherNumber,
  planCodes,
  searchSet,
} from '../../fixtures/bundles.js';
import { oneOf, randomOfCase } from '../campaign.js';
import { mutated } from '../false-none/mutations.js';

type Random = () => number;

/** One response of the register. */
export interface Given {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** One discreet tag, what the register answers, and what happens to it then. */
export interface Case {
  readonly plans: Given;
  readonly visits: Given;
  /** The tag's attributes. */
  readonly settings: Readonly<Record<string, string>>;
  readonly outOfSync: boolean;
  readonly then: 'nothing' | 'shown, then left' | 'hidden' | 'asked again, in vain';
}

/** Texts that occur only in answers: invented words, numbers, years, and names of authorities that are recognised. */
const word = (random: Random): string => `Zq${Math.floor(random() * 1e6).toString(36)}`;
const years = ['1961', '1972', '1983', '2091'];
const day = (random: Random): string => oneOf(random, years) + oneOf(random, ['', '-03', '-03-04', '-11-30T10:00:00Z']);
const phone = (random: Random): string =>
  oneOf(random, ['01632 96', '0163296', '+44 1632 96']) + String(Math.floor(1000 + random() * 8999));
const authority = (random: Random): string =>
  oneOf(random, [
    `${word(random)} County Council`,
    'RUTLAND COUNTY COUNCIL',
    'Torbay',
    `SFD1 - ${word(random).toUpperCase()}`,
  ]);
const maybe = <T>(random: Random, value: T, chance = 0.7): T | undefined => (random() < chance ? value : undefined);

/**
 * All of these texts, without spaces and punctuation. What the tag itself says about a plan or visits is listed too.
 */
export const told =
  /zq|1632 ?96|rutland|torbay|\b(?:1961|1972|1983|2091)|\b(?:342191000000101|764841000000100|818901000000100)|child protection plan|looked after|unborn|social worker|personal adviser|emergency duty|no cp is record|not viewed|viewed \d|\bearlier visits?\b|record held/i;

const teamOf = (random: Random): Record<string, unknown> => ({
  ...careTeam({
    code: oneOf(random, [...Object.values(planCodes), word(random)]),
    name: authority(random),
    start: day(random),
    ...(random() < 0.5 && { end: day(random) }),
  }),
  id: word(random),
  status: maybe(random, oneOf(random, ['active', 'inactive', 'suspended', 'entered-in-error']), 0.2),
  name: maybe(random, authority(random), 0.9),
  telecom: Array.from({ length: Math.floor(random() * 4) }, () => ({
    system: 'phone',
    use: maybe(random, oneOf(random, ['work', 'mobile', 'home'])),
    value: oneOf(random, [phone, phone, word])(random),
    rank: maybe(random, Math.ceil(random() * 3), 0.2),
  })),
});

function plansOf(random: Random, flags: boolean): object {
  if (random() < 0.12) return none();
  if (flags)
    return flagBundle(
      ...flagged({ id: word(random), start: day(random), name: authority(random), office: phone(random) }),
    );
  const teams = Array.from({ length: 1 + Math.floor(random() * 4) }, () => teamOf(random));
  const set = searchSet('CareTeam', teams);
  return random() < 0.25 ? { ...set, total: 9 } : set;
}

const visitsOf = (random: Random): object => {
  const facts = Array.from({ length: Math.floor(random() * 5) }, () => ({
    at: new Date(Date.now() - random() * 4e10).toISOString(),
    viewer: word(random),
    role: word(random),
    place: word(random),
  }));
  const body = accesses(facts);
  if (random() > 0.1) return body;
  return searchSet('AuditEvent', [auditEvent({ at: '2026-01-01T10:00:00Z', number: otherNumber }, 'x')]);
};

/** Most answers are complete. Some are altered anywhere, and some are faults with the same words in their bodies. */
function given(random: Random, body: object): Given {
  const headers = { ...(random() < 0.1 && { Age: '60' }) };
  if (random() < 0.15) {
    const outcome = { resourceType: 'OperationOutcome', issue: [{ diagnostics: JSON.stringify(body) }] };
    return {
      status: oneOf(random, [200, 400, 403, 404, 500, 503]),
      headers,
      body: Buffer.from(JSON.stringify(outcome)),
    };
  }
  const bytes = random() < 0.25 ? mutated(body, random) : Buffer.from(JSON.stringify(body));
  return { status: 200, headers, body: bytes };
}

const settings: readonly (readonly [name: string, attendance: string])[] = [
  ['emergency-department', ''],
  ['nhs-111', ''],
  ['ambulance', ''],
  ['maternity-unit', ''],
  ['paediatric-ward', ''],
  ['general-practice', ''],
  ['termination-of-pregnancy', ''],
  ['health-visiting', ''],
  ['dentistry', 'unscheduled'],
  ['camhs', 'scheduled'],
  ['dentistry', ''],
];

export function caseOf(seed: number, index: number): Case {
  const random = randomOfCase(seed, index);
  const [careSetting, attendance] = oneOf(random, settings);
  const isSilent = ['general-practice', 'health-visiting', 'camhs'].includes(careSetting);
  const flags = isSilent && random() < 0.3;
  return {
    plans: given(random, plansOf(random, flags)),
    visits: given(random, visitsOf(random)),
    settings: {
      'nhs-number': nhsNumber,
      'nhs-number-status': random() < 0.97 ? 'verified' : 'unverified',
      'care-setting': careSetting,
      ...(attendance !== '' && { attendance }),
      'register-api': flags ? 'patient-flags' : 'cp-is',
      'home-authorities': oneOf(random, ['', 'Torbay', 'Leeds; Rutland']),
      layout: oneOf(random, ['banner', 'compact', 'panel']),
      encounter: `e${index}`,
    },
    outOfSync: random() < 0.1,
    then: oneOf(random, ['nothing', 'nothing', 'shown, then left', 'hidden', 'asked again, in vain']),
  };
}
