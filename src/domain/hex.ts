/** Bytes as hexadecimal digits. Avoids `Array.from`, which Prototype and MooTools replace. */
export const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
