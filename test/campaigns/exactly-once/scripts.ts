import { users } from '../../../demo/register/index.js';
import type { Fault } from '../../support/node/fault-proxy.js';
import { lineFaults, type FaultKind } from '../../support/node/line-faults.js';
import { testNumber } from '../../support/node/test-number.js';
import { oneOf, randomOfCase } from '../campaign.js';

/** What a host, or its user, does with the tag next. */
export type Act = 'check' | 'reopen' | 'encounter' | 'move' | 'away';

/** One patient at one screen: who opens them, what is done then, and what happens to the requests. */
export interface Script {
  readonly index: number;
  readonly nhsNumber: string;
  readonly author: string;
  readonly setting: string;
  readonly isAlerting: boolean;
  /** How many tags on the page show this patient. */
  readonly tags: number;
  readonly encounter: string;
  /** `after` an answer, or this many milliseconds into the check. */
  readonly steps: readonly { readonly after: 'answer' | number; readonly act: Act }[];
  /** The patient-opens that this makes: each encounter is one, and the first takes over an open that had none. */
  readonly opens: number;
  /** The local authorities that must be alerted of each access. */
  readonly holders: readonly string[];
  /** One for each request in turn. */
  readonly faults: readonly (Fault | undefined)[];
}

export const authorities = ['E09000019', 'E09000012', 'E09000007'] as const;
const alerting = users.filter(({ activity }) => activity === 'B0107').map(({ author }) => author);
const unscheduled = [
  'emergency-department',
  'ambulance',
  'nhs-111',
  'paediatric-ward',
  'maternity-unit',
  'gp-out-of-hours',
];
const acts: readonly Act[] = ['check', 'check', 'reopen', 'reopen', 'encounter', 'move', 'away'];
const kinds = Object.keys(lineFaults) as FaultKind[];

export function scriptOf(seed: number, index: number): Script {
  const random = randomOfCase(seed, index);
  const isAlerting = random() < 0.95;
  const encounter = random() < 0.5 ? `encounter-${index}` : '';
  const steps = Array.from({ length: oneOf(random, [0, 0, 1, 1, 2, 3]) }, () => ({
    after: random() < 0.6 ? ('answer' as const) : Math.floor(random() * 500),
    act: oneOf(random, acts),
  }));
  const encounters = steps.filter(({ act }) => act === 'encounter').length;
  return {
    index,
    nhsNumber: testNumber(index),
    author: isAlerting ? oneOf(random, alerting) : 'demo-gp',
    setting: isAlerting ? oneOf(random, unscheduled) : 'general-practice',
    isAlerting,
    tags: random() < 0.2 ? 2 : 1,
    encounter,
    steps,
    opens: 1 + (encounter === '' ? Math.max(0, encounters - 1) : encounters),
    holders: oneOf(random, [[], [], authorities.slice(0, 1), authorities.slice(1, 2), authorities.slice(0, 2)]),
    faults: Array.from({ length: 12 }, (_, request) => faultOf(random, request)),
  };
}

/** Faults are more frequent at first, so that what survives the first request can also be answered. */
function faultOf(random: () => number, request: number): Fault | undefined {
  const kind = oneOf(random, kinds);
  const milliseconds = kind === 'drip' ? random() * 150 : random() * 1500;
  return random() < (request === 0 ? 0.3 : 0.15) ? { kind, milliseconds } : undefined;
}
