import { expect } from 'chai';
import { spawn } from 'node:child_process';

import { Kept } from './setting-up.js';

describe('a set-up', () => {
  const gone: string[] = [];
  const thing = (name: string): { close: () => void } => ({ close: () => void gone.push(name) });
  beforeEach(() => gone.splice(0));

  it('is taken down newest first, and once', async () => {
    const { keep, takeDown } = bound(new Kept());
    await keep(thing('register'));
    await keep(Promise.resolve('a folder'), (folder) => gone.push(folder));
    await takeDown();
    await takeDown();
    expect(gone).to.deep.equal(['a folder', 'register']);
  });

  it('that kept nothing is taken down without an error', async () => {
    const { keep, takeDown } = bound(new Kept());
    expect(await keep(Promise.reject<{ close: () => void }>(new Error('no port'))).catch(String)).to.contain('no port');
    await takeDown();
    expect(gone).to.deep.equal([]);
  });

  it('is taken down completely even when a part of it will not close, and says so', async () => {
    const { keep, takeDown } = bound(new Kept());
    await keep(thing('register'));
    await keep('a browser', () => Promise.reject(new Error('will not close')));
    expect(await takeDown().catch(String)).to.contain('will not close');
    expect(gone).to.deep.equal(['register']);
  });

  it('that finishes only after the tests are over is taken down at once', async () => {
    const { keep, takeDown } = bound(new Kept());
    let come = (_: { close: () => void }): void => undefined;
    const late = keep(new Promise<{ close: () => void }>((resolve) => (come = resolve)));
    await takeDown();
    come(thing('a late browser'));
    expect(await late.catch(String)).to.contain('The set-up is over');
    expect(gone).to.deep.equal(['a late browser']);
  });
});

const bound = (kept: Kept) => ({ keep: kept.keep, takeDown: () => kept.takeDown() });

it('a run whose set-up fails says so once, ends by itself, and leaves no process behind', async () => {
  const words = ['node_modules/mocha/bin/mocha.js', '--import=tsx', 'test/support/node/planted/set-up-fails.mocha.ts'];
  const run = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [run.stdout, run.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  // Not before the last process that holds its output is gone.
  const code = await new Promise((resolve) => run.once('close', resolve));
  expect(code, said).to.equal(1);
  expect(said.match(/planted: no such port/g), said).to.have.lengthOf(1);
  expect(said).to.contain('1 failing').and.to.contain('set up').and.to.not.contain('take down');
  // The report names what nobody kept.
  expect(said).to.match(/still open were sh \(\d+\).*TCPServerWrap/);
});
