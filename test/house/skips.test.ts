import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

it('a component test that Chromium skips fails its run, and is named', async () => {
  const runner = ['--import', 'tsx', 'node_modules/@web/test-runner/dist/bin.js'];
  const config = ['--config', 'tools/web-test-runner/chromium.config.js'];
  const planted = ['--files', 'test/support/page/planted-skip.test.ts'];
  const failed: unknown = await promisify(execFile)(process.execPath, [...runner, ...config, ...planted]).catch(
    (error: unknown) => error,
  );
  expect(failed).to.include({ code: 1 });
  expect(failed).to.have.property('stdout').that.contains('1 passed').and.contains('FAILED by being skipped: is not');
});
