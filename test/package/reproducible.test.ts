import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { setUp } from '../support/node/setting-up.js';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Whoever doubts the file they were given can build it again, as docs/security.md says. */
describe('a second build, in another folder', function () {
  this.timeout(300_000);
  const elsewhere = mkdtempSync(join(tmpdir(), 'built-again-'));
  setUp((keep) => keep(elsewhere, (made) => rmSync(made, { recursive: true })));

  it('gives the same bytes', async () => {
    const left = ['node_modules', 'dist', '.cache', '.git', '.next'];
    cpSync(root, elsewhere, {
      recursive: true,
      filter: (path) => {
        const names = relative(root, path).split(sep);
        return names[0] !== 'release' && !names.some((name) => left.includes(name));
      },
    });
    // The gateway has its own packages where the root's are of another version.
    for (const modules of ['node_modules', 'gateway/node_modules'])
      if (existsSync(join(root, modules))) symlinkSync(join(root, modules), join(elsewhere, modules));
    await run('npm', ['run', 'build'], { cwd: elsewhere });
    const files = (folder: string) => (readdirSync(join(folder, 'dist'), { recursive: true }) as string[]).sort();
    expect(files(elsewhere)).to.deep.equal(files(root));
    // The files that a page loads unchanged. The files for bundlers, and maps, name the packages' folder, which is a
    // link here.
    const loaded = files(root).filter((name) => /^(cp-is-banner(\.worker)?|contexts\/[\w-]+)\.js$/.test(name));
    expect(loaded).to.include.members(['cp-is-banner.js', 'cp-is-banner.worker.js', 'contexts/fhircast.js']);
    for (const file of loaded)
      expect(readFileSync(join(elsewhere, 'dist', file)).equals(readFileSync(join(root, 'dist', file))), file).to.equal(
        true,
      );
  });
});
