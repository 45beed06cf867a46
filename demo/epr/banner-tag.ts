/** What an EPR's own script does with the tag: signs someone in, opens a patient, closes the patient, signs out. */

/** The part of the tag's public contract that these screens use. */
export interface Banner extends HTMLElement {
  nhsNumber: string;
  nhsNumberStatus: 'verified' | 'unverified';
  encounter: string;
  user: string | undefined;
  accessToken: (() => Promise<string>) | undefined;
  outOfSync?: boolean;
  noAttendance?: boolean;
  clear?: () => void;
}

interface BannerTagClass {
  signOut?: () => unknown;
}

/** A patient as the tag needs to know them. Without a number the tag says that CP-IS was not checked. */
export interface OpenPatient {
  nhsNumber: string | undefined;
  /** Traced on the Personal Demographics Service. */
  traced: boolean;
  /** Opaque, one per stay. */
  encounter: string;
}

const TAG = 'cp-is-banner';

/** The page's only tag. It stays in the page and is used again for the next patient. */
const tag = (): Banner => {
  const element = document.querySelector<Banner>(TAG);
  if (!element) throw new Error(`The page has no <${TAG}>`);
  return element;
};

/** Called before the first patient, and again when someone else takes over the screen. @param user opaque */
export const signIn = (user: string): void => {
  const element = tag();
  element.accessToken = () => Promise.resolve(user);
  element.user = user;
};

/** Sets everything in one task, so that it is one open and never a mixture of two patients. */
export const openPatient = ({ nhsNumber, traced, encounter }: OpenPatient): void => {
  const element = tag();
  element.nhsNumberStatus = traced ? 'verified' : 'unverified';
  element.nhsNumber = nhsNumber ?? '';
  element.encounter = encounter;
};

export const closePatient = (): void => {
  const element = tag();
  if (element.clear) {
    element.clear();
    return;
  }
  // The tag's script has not loaded. When it does, it must not find this patient.
  element.nhsNumber = '';
  element.encounter = '';
};

/** Forgets everything, in every tab. */
export const signOut = (): void => {
  const banner: (CustomElementConstructor & BannerTagClass) | undefined = customElements.get(TAG);
  banner?.signOut?.();
  const element = tag();
  element.accessToken = () => Promise.reject(new Error('Signed out'));
  element.user = undefined;
};
