import { existsSync, readdirSync } from 'node:fs';

// What goes over the wire, gzipped (1 kB = 1,000 bytes). Why it is so much, and beside what: docs/performance.md, Bytes.
const page = 'dist/cp-is-banner.js';
const adapters = existsSync('dist/contexts') ? readdirSync('dist/contexts').filter((name) => name.endsWith('.js')) : [];

export default [
  { name: 'page', path: page, limit: '33.7 kB', gzip: true },
  { name: 'page and worker', path: [page, 'dist/cp-is-banner.worker.js'], limit: '50.4 kB', gzip: true },
  ...adapters.map((name) => ({ name, path: `dist/contexts/${name}`, limit: '3 kB', gzip: true })),
];
