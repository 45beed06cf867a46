/**
 * An encounter id that says nothing about the patient. `randomUUID` needs HTTPS, which a laptop at a talk may not have.
 */
export const newEncounter = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
