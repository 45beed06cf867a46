import { existsSync, readdirSync } from 'node:fs';

// What goes over the wire, gzipped: 33 KB for the page (1 KB = 1,024 bytes, 1 kB = 1,000) and, with the worker, 0.42 × what
// would be picked instead (110.3 kB: docs/performance.md), which is less than 46 KB.
const page = 'dist/cp-is-banner.js';
const adapters = existsSync('dist/contexts') ? readdirSync('dist/contexts').filter((name) => name.endsWith('.js')) : [];

export default [
  { name: 'page', path: page, limit: '33.7 kB', gzip: true },
  { name: 'page and worker', path: [page, 'dist/cp-is-banner.worker.js'], limit: '46.3 kB', gzip: true },
  ...adapters.map((name) => ({ name, path: `dist/contexts/${name}`, limit: '3 kB', gzip: true })),
];
