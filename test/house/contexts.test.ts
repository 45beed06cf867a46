import { expect } from 'chai';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');

/** An entry of `src/contexts/` bundled on its own, with the rules of `domain/` that it uses. */
async function bundle(name: string): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: `src/contexts/${name}.ts`, formats: ['es'], fileName: () => `${name}.js` },
      rolldownOptions: { output: { minify: true } },
    },
  });
  const [output] = Array.isArray(built) ? built : [];
  return output?.output[0].code ?? '';
}

describe('each context adapter', () => {
  for (const [name, follow, bytes] of [
    ['postmessage', 'followPostMessage', 3300],
    ['webview2', 'followWebView2', 3300],
    ['fhircast', 'followFhircast', 4600],
    ['launch-url', 'followLaunchUrl', 3000],
    ['smart', 'followSmart', 3000],
  ] as const)
    it(`${name} needs no other file, exports one function, and is at most ${bytes} bytes gzipped`, async () => {
      const code = await bundle(name);
      expect(code).not.to.match(/^import /m);
      expect(code).to.match(new RegExp(`export ?\\{ ?[\\w$]+ as ${follow} ?\\}`));
      expect(gzipSync(code).length).to.be.within(300, bytes);
    });
});
