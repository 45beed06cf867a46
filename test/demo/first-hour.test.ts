import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { startDemo, type DemoServer } from '../../demo/server/server.js';
import { setUp } from '../support/node/setting-up.js';

/** In the order of docs/register.md, each in its own process, as a reader runs it. */
describe('“Your first hour” with the sandbox register', () => {
  let demo: DemoServer;
  setUp(async (keep) => {
    demo = await keep(startDemo(0));
  });
  const run = async (...words: string[]): Promise<string> => {
    const port = new URL(demo.url).port;
    return (await promisify(execFile)(process.execPath, ['demo/register/first-hour.mjs', ...words, '--port', port]))
      .stdout;
  };

  const steps: [words: string[], prints: RegExp][] = [
    [['ask'], /^200 \{[^]*total: 0/],
    [['upload'], /^200 \{[^]*CPF02[^]*CPR06/],
    [['ask'], /^200 \{[^]*total: 1/],
    [['told'], /^200 /],
    [['upload', '--as', 'Davis'], /^200 \{[^]*CPR03/],
    [['to-correct'], /^200 [^]*CPR03/],
    [['csv', '--as', 'Davis'], /^200 \{[^]*row: 1[^]*CPR03/],
    [['csv'], /^200 \{[^]*CPR06/],
    [['birth'], /^20\d /],
  ];
  for (const [words, prints] of steps)
    it(words.join(' '), async () => {
      expect(await run(...words)).to.match(prints);
    });

  it('lists the steps when none is given', async () => {
    const failed: unknown = await run().catch((error: unknown) => error);
    expect(failed).to.have.property('stderr').that.contains('upload, csv, told, to-correct, birth, ask');
  });
});
