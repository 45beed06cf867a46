// @ts-check
/** Two names of one machine make two origins. A product uses its own. */
const named = (/** @type {string} */ host) => `${location.protocol}//${host}:${location.port}`;
export const eprOrigin = named('127.0.0.1');
export const frameOrigin = named('localhost');
