import { hexOf } from '../domain/hex.js';
import { openKey, type PatientOpen } from '../domain/patient-open.js';

/** An open's name among the tabs of one origin: a SHA-256, so that no lock or message has an NHS number (rule 7). */
export async function openName(open: PatientOpen): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(openKey(open)));
  return hexOf(new Uint8Array(digest));
}
