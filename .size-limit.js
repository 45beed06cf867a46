import { existsSync, readdirSync } from 'node:fs';

// What goes over the wire, gzipped; 1 kB = 1,000 bytes, so that 26 KB are 26.6 and 36 KB are 36.9. Lower a limit whenever there is room below it.
const page = 'dist/cp-is-banner.js';
const adapters = existsSync('dist/contexts') ? readdirSync('dist/contexts').filter((name) => name.endsWith('.js')) : [];

export default [
  { name: 'page', path: page, limit: '40 kB', gzip: true },
  { name: 'page and worker', path: [page, 'dist/cp-is-banner.worker.js'], limit: '60 kB', gzip: true },
  ...adapters.map((name) => ({ name, path: `dist/contexts/${name}`, limit: '3 kB', gzip: true })),
];
