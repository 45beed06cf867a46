import { readFileSync, writeFileSync } from 'node:fs';

import { page } from './compiled/server.js';

const template = readFileSync('dist/index.html', 'utf8');
writeFileSync('dist/index.html', page(template, false));
writeFileSync('dist/record.html', page(template, true));
