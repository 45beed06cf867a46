import { LitElement, type PropertyDeclarations } from 'lit';

import type { TokenSource } from '../contract/register-service.js';

/** An empty attribute, as templates write, is not a number: the default applies. */
const numberOrDefault = { fromAttribute: (text: string | null): number => (text?.trim() ? Number(text) : NaN) };

/** What a host can set on the tag. */
export abstract class HostProperties extends LitElement {
  static override properties: PropertyDeclarations = {
    nhsNumber: { attribute: 'nhs-number' },
    nhsNumberStatus: { attribute: 'nhs-number-status' },
    encounter: {},
    careSetting: { attribute: 'care-setting' },
    attendance: {},
    baseUrl: { attribute: 'base-url' },
    registerApi: { attribute: 'register-api' },
    homeAuthorities: { attribute: 'home-authorities' },
    officeHours: { attribute: 'office-hours' },
    layout: {},
    discreet: { type: Boolean },
    freshFor: { attribute: 'fresh-for', converter: numberOrDefault },
    timeout: { converter: numberOrDefault },
    workerUrl: { attribute: 'worker-url' },
    accessToken: { attribute: false },
    user: { attribute: false },
    storageKey: { attribute: false },
    outOfSync: { attribute: false },
    noAttendance: { attribute: false },
    service: {},
  };

  /** The patient's NHS number; "" = no patient. Spaces and hyphens are tolerated. */
  declare nhsNumber: string;
  /** `verified` when the number was traced on PDS; otherwise no query is made. */
  declare nhsNumberStatus: 'verified' | 'unverified';
  /** Opaque; a new value for the same patient is a new open. */
  declare encounter: string;
  /** Where the patient is being cared for; required. */
  declare careSetting: string;
  /** States this episode where the setting can be either: `scheduled`, `unscheduled` or `not-brought`. */
  declare attendance: string;
  /** The register's FHIR base address. */
  declare baseUrl: string;
  /** `cp-is`, or `patient-flags` (scheduled care only). */
  declare registerApi: string;
  /** Semicolon-separated local-authority names or GSS codes; empty = no claim about area. */
  declare homeAuthorities: string;
  /** The authorities' usual office hours: "Mon-Fri 09:00-17:00". */
  declare officeHours: string;
  /** `banner`, `compact` or `panel`. */
  declare layout: string;
  /** Details only after Show, hidden again when the window loses focus or after 60 seconds. */
  declare discreet: boolean;
  /** How long an answer serves the same open, in seconds, at most 3600. */
  declare freshFor: number;
  /** Seconds for the whole check. */
  declare timeout: number;
  /** The worker file's address when it is not beside the script. */
  declare workerUrl: string;
  /** Gives the user's bearer token; absent = same-origin cookies. */
  declare accessToken: TokenSource | undefined;
  /** Opaque id of the signed-in user; changing it blanks and re-opens. */
  declare user: string | undefined;
  /** AES-GCM key of the host's session: keeps the last answer sealed, for when the register cannot be asked. */
  declare storageKey: CryptoKey | (() => Promise<CryptoKey>) | undefined;
  /** Set by a context adapter while it cannot tell whether this is still the patient who is open: hides the details. */
  declare outOfSync: boolean;
  /** Set by a context adapter: somebody is open who is not attending now, so CP-IS is not asked. */
  declare noAttendance: boolean;
  /** This place's name or ODS code as CP-IS lists it: decides which views count as this attendance. */
  declare service: string;
}

/** The values until the host sets others. */
export const hostDefaults = {
  nhsNumber: '',
  nhsNumberStatus: 'unverified',
  encounter: '',
  careSetting: '',
  attendance: '',
  baseUrl: '/cpis/FHIR/R4',
  registerApi: 'cp-is',
  homeAuthorities: '',
  officeHours: 'Mon-Fri 09:00-17:00',
  layout: 'banner',
  discreet: false,
  freshFor: 300,
  timeout: 10,
  workerUrl: '',
  accessToken: undefined,
  user: undefined,
  storageKey: undefined,
  outOfSync: false,
  noAttendance: false,
  service: '',
} satisfies Partial<HostProperties>;
