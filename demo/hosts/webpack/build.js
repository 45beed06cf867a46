import { copyFileSync } from 'node:fs';
import webpack from 'webpack';

/** The worker needs no entry here: webpack, like Rspack, includes what `new URL(…, import.meta.url)` names. */
const compiler = webpack({
  mode: 'production',
  entry: './compiled/epr.js',
  output: { path: `${import.meta.dirname}/dist`, clean: true },
});
compiler.run((error, stats) => {
  if (error || stats?.hasErrors() || stats?.hasWarnings()) {
    console.error(error ?? stats?.toString());
    process.exit(1);
  }
  copyFileSync('index.html', 'dist/index.html');
});
