import { expect } from 'chai';
import { validate } from 'dockerfile-utils';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { run, stepsOf } from './steps.js';

const root = resolve(import.meta.dirname, '../../..');
const dockerfile = readFileSync(join(root, 'gateway/Dockerfile'), 'utf8');

describe('the image', function () {
  this.timeout(600_000);

  it('passes a Dockerfile linter, and does not run as root', () => {
    expect(validate(dockerfile).map(({ message }) => message)).to.deep.equal([]);
    expect(
      stepsOf(dockerfile)
        .filter(({ name }) => name === 'USER')
        .at(-1)?.words,
    ).to.equal('nonroot');
  });

  it('is built by the Dockerfile’s own steps, holds no test and no compiler, and starts', async () => {
    const { folder, command } = run(stepsOf(dockerfile), root);
    for (const path of [
      'gateway/test',
      'gateway/src',
      'gateway/demo',
      'node_modules/typescript',
      'node_modules/oidc-provider',
    ])
      expect(existsSync(join(folder, path)), path).to.equal(false);
    expect(existsSync(join(folder, 'gateway/sbom.cdx.json'))).to.equal(true);
    const child = spawn(process.execPath, [...command], { cwd: folder, env: {}, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    const [code] = (await once(child, 'close')) as [number];
    // Without its configuration it says what is missing, which shows that it was found, built and loaded.
    expect([code, said]).to.deep.equal([1, said]);
    expect(said).to.contain('PUBLIC_URL is missing');
  });
});
