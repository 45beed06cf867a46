/** Copies the tag's two files beside the framed page. */
import { copyFileSync, mkdirSync } from 'node:fs';

mkdirSync('dist', { recursive: true });
for (const file of ['cp-is-banner.js', 'cp-is-banner.worker.js'])
  copyFileSync(`node_modules/cp-is-banner/dist/${file}`, `dist/${file}`);
for (const file of ['index.html', 'frame.html', 'epr.js', 'frame.js', 'origins.js']) copyFileSync(file, `dist/${file}`);
