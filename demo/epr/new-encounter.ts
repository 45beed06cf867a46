/** An encounter id that says nothing about the patient. `randomUUID` would need HTTPS; a talk's laptop may not have it. */
export const newEncounter = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
