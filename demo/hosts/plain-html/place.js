/** Copies the tag's two files beside the page, and writes the hash of the one that the page loads into the page. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const from = 'node_modules/cp-is-banner/dist';
const integrity = JSON.parse(readFileSync(`${from}/integrity.json`, 'utf8'));

mkdirSync('dist', { recursive: true });
for (const file of ['cp-is-banner.js', 'cp-is-banner.worker.js']) copyFileSync(`${from}/${file}`, `dist/${file}`);
copyFileSync('epr.js', 'dist/epr.js');
const page = readFileSync('index.html', 'utf8');
writeFileSync('dist/index.html', page.replace('sha384-of-cp-is-banner.js', integrity['cp-is-banner.js']));
