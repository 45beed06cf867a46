import { existsSync, readdirSync } from 'node:fs';

// What goes over the wire, gzipped (1 kB = 1,000 bytes). Why it is so much, and beside what: docs/performance.md, Bytes.
const page = 'dist/cp-is-banner.js';
const adapters = existsSync('dist/contexts') ? readdirSync('dist/contexts').filter((name) => name.endsWith('.js')) : [];

export default [
  { name: 'page', path: page, limit: '43.1 kB', gzip: true },
  { name: 'page and worker', path: [page, 'dist/cp-is-banner.worker.js'], limit: '62.1 kB', gzip: true },
  // FHIRcast has the most to tell apart: late, doubled, other people's and ended events; and says why a hub is lost.
  ...adapters.map((name) => ({
    name,
    path: `dist/contexts/${name}`,
    limit: name === 'fhircast.js' ? '4.6 kB' : '3.3 kB',
    gzip: true,
  })),
];
