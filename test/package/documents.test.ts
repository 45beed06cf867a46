import { expect } from 'chai';

import { standAlone } from '../../tools/release/documents.js';
import { bannerManifest, gatewayManifest, origins, sandboxManifest } from '../../tools/release/manifests.js';

const held: Readonly<Record<string, string>> = {
  'docs/safety.md': 'docs/safety.md',
  'docs/pictures/none.png': 'docs/pictures/none.png',
  'gateway/onboarding.md': 'onboarding.md',
};
const placeOf = (path: string): string | undefined => held[path];
const guide = { from: 'docs/integrate.md', to: 'docs/integrate.md' };
const gateway = { from: 'gateway/README.md', to: 'README.md' };

describe('a document that goes into an archive', () => {
  const rows: readonly [text: string, document: typeof guide, alone: string, inRepository?: string][] = [
    ['[s](safety.md#h1)', guide, '[s](safety.md#h1)'],
    ['![none](pictures/none.png)', guide, '![none](pictures/none.png)'],
    ['[on](onboarding.md)', gateway, '[on](onboarding.md)'],
    ['[guard](../docs/safety.md#h1)', gateway, '[guard](docs/safety.md#h1)'],
    ['[a](https://x.example/y.md), [b](#c)', guide, '[a](https://x.example/y.md), [b](#c)'],
    [
      '[its test](../test/a.test.ts)',
      guide,
      'its test (`test/a.test.ts` in the repository)',
      '[its test](R/test/a.test.ts)',
    ],
    ['[the [x]](../src/x.ts#y)', guide, 'the [x] (`src/x.ts` in the repository)', '[the [x]](R/src/x.ts#y)'],
    ['[`test/a.ts`](../test/a.ts)', guide, '`test/a.ts`', '[`test/a.ts`](R/test/a.ts)'],
  ];
  for (const [text, document, alone, inRepository = alone] of rows)
    it(`of ${document.from}: ${text}`, () => {
      expect(standAlone(text, document, placeOf, '')).to.equal(alone);
      expect(standAlone(text, document, placeOf, 'R')).to.equal(inRepository);
    });
});

describe('a package.json that goes into an archive', () => {
  const root = {
    name: 'cp-is-banner',
    version: '1.2.3',
    private: true,
    scripts: { test: 'x' },
    devDependencies: { vite: '1.0.0' },
    dependencies: { lit: '3.3.3', rxjs: '7.8.2' },
    sideEffects: ['./demo/**', './dist/define.js'],
    homepage: 'https://h.example',
    bugs: '',
    repository: '',
  };
  const packed = [
    bannerManifest(root),
    gatewayManifest({ ...root, name: 'g' }, root),
    sandboxManifest(root, 'db', '9'),
  ];

  it('has nothing about how we work', () => {
    for (const manifest of packed)
      expect(manifest).to.not.have.any.keys('private', 'scripts', 'devDependencies', 'overrides');
  });

  it('has those of the root’s addresses that are not empty', () => {
    for (const manifest of packed) {
      expect(manifest).to.include({ homepage: 'https://h.example', version: '1.2.3' });
      expect(manifest).to.not.have.any.keys('bugs', 'repository');
    }
    const filled = { ...root, homepage: 'h', bugs: 'b', repository: 'r' };
    for (const field of origins) expect(bannerManifest(filled)[field]).to.equal(field[0]);
  });

  it('uses the host’s own lit, and does not name anything that is in the scripts', () => {
    expect(packed[0]!.dependencies).to.deep.equal({ lit: '^3.3.0' });
    expect(packed[0]!.sideEffects).to.deep.equal(['./dist/define.js']);
  });

  it('includes the sandbox’s database', () => {
    expect(packed[2]).to.deep.include({ dependencies: { db: '9' }, bundleDependencies: ['db'] });
  });
});
