import { unrecognisedHomeAuthorities } from '../domain/authority.js';
import type { BannerView } from '../domain/banner-state.js';
import { careSettings, readEpisode } from '../domain/care-setting.js';
import type { HostContext } from '../domain/patient-open.js';
import type { Reason } from '../domain/reason.js';
import { statedWorker } from '../session/worker-url.js';

/** What a developer is told when a tag is not set up. Values are never repeated: one may hold an NHS number. */
const advice = (reason: Reason, host: HostContext): string | undefined => {
  switch (reason) {
    case 'nhs-number-invalid':
      if (host.notText?.includes('nhsNumber') === true) return mustBeText(host.notText);
      return 'nhs-number is not a valid NHS number (10 digits that pass the modulus 11 check).';
    case 'care-setting-missing':
    case 'care-setting-unknown':
      return `care-setting must be one of: ${careSettings.join(', ')}.`;
    case 'attendance-missing':
      return 'this care-setting can be either: set attendance="scheduled", "unscheduled" or "not-brought" for the episode.';
    case 'misconfigured':
      return misconfigured(host);
    default:
      return undefined;
  }
};

const mustBeText = (names: readonly string[]): string => `${names.join(', ')} must be text, and nothing else.`;

function misconfigured(host: HostContext): string {
  if (host.misspelt !== undefined)
    return `the attribute ${host.misspelt.join(', ')} is not known: write nhs-number, or set the property nhsNumber.`;
  if (host.notText !== undefined) return mustBeText(host.notText);
  if ('problem' in readEpisode(host.careSetting, host.attendance))
    return 'attendance must be "scheduled" or "unscheduled", or "not-brought" where care is not always unscheduled.';
  if (host.baseUrl === undefined)
    return 'base-url must be an http(s) address, or a path on this site, without user, query or fragment.';
  return 'register-api must be "cp-is", or "patient-flags" for scheduled care only.';
}

/** Warns in the console, once for each kind of mistake on one tag. */
export class Warnings {
  readonly #given = new Set<string>();

  of({ answer, asked }: BannerView, host: () => HostContext): void {
    const text = answer?.status === 'not-checked' ? advice(answer.reason, host()) : undefined;
    if (text !== undefined) this.#once(text);
    // A framework may set it just after the patient: warn only once a question without it has been answered.
    if (answer !== undefined && asked?.open.user === '') this.#once('user is not set: set it before a patient.');
  }

  homeAuthorities(list: string): void {
    if (unrecognisedHomeAuthorities(list).length > 0)
      this.#once('home-authorities names one that is not recognised: use names or GSS codes, separated by semicolons.');
  }

  workerUrl(address: string): void {
    if (address !== '' && statedWorker(address).length === 0)
      this.#once('worker-url must be a cp-is-banner.worker*.js on the origin of this page; it is not used.');
  }

  hoursUnreadable(): void {
    this.#once(
      'office-hours could not be read; Mon-Fri 09:00-17:00 is used. Example: "Mon-Thu 09:00-17:00; Fri 09:00-16:30".',
    );
  }

  renderFailed(): void {
    this.#once('the banner could not be drawn; its light DOM is shown instead.');
  }

  #once(text: string): void {
    if (this.#given.has(text)) return;
    this.#given.add(text);
    console.warn(`<cp-is-banner>: ${text}`);
  }
}
