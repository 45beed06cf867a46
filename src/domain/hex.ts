/** Bytes as hexadecimal digits. `Array.from` is not relied on: Prototype and MooTools put their own in its place. */
export const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
