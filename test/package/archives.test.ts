import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { root, run } from '../hosts/install.js';
import { inWindow } from '../../tools/browser.js';
import { launchBrowser } from '../support/node/launch.js';
import { setUp } from '../support/node/setting-up.js';

const names = ['cp-is-banner', 'cp-is-sandbox', 'cp-is-gateway'];
const staged = (name: string): string => join(root, '.cache/release', name);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const archiveOf = (name: string): string => join(root, `release/${name}-${version}.tgz`);
const child = '9995124467';

const filesIn = (folder: string): readonly string[] => readdirSync(folder, { recursive: true }) as string[];

/** A heading's address within its page. */
const slug = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
const headingsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slug(heading));

/** An empty folder elsewhere, with an archive installed as an integrator would. */
async function emptyWith(name: string, ...options: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), `only-${name}-`));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await run(folder, 'npm', 'install', '--no-audit', '--no-fund', ...options, archiveOf(name));
  return folder;
}

interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** A Node server, once it has printed its address. */
async function served(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Served> {
  const program = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, ...env } });
  const ended = once(program, 'exit');
  const close = async (): Promise<void> => {
    program.kill();
    await ended;
  };
  let printed = '';
  const url = new Promise<string>((resolve) => {
    for (const stream of [program.stdout, program.stderr])
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const [said] = /http:\/\/[\w.]+:\d+/.exec(printed) ?? [];
        if (said !== undefined) resolve(said);
      });
  });
  const first = await Promise.race([url, ended]);
  if (typeof first !== 'string') throw new Error(`It ended: ${printed}`);
  return { url: first, close };
}

/** The installed sandbox. */
const started = (folder: string, ...args: readonly string[]): Promise<Served> =>
  served(folder, ['node_modules/.bin/cp-is-sandbox', ...args]);

/** What `npm run release` has written. The folders that it was made from are beside it. */
describe('an archive', function () {
  this.timeout(300_000);

  for (const name of names) {
    it(`${name}: has no dead link and no missing picture`, () => {
      const folder = staged(name);
      const dead = filesIn(folder)
        .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
        .flatMap((file) => {
          const path = join(folder, file);
          const links = [...readFileSync(path, 'utf8').matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)];
          return links.flatMap(([, target = '']) => {
            const [address = '', hash] = target.split('#');
            const to = address === '' ? path : join(dirname(path), address);
            if (!existsSync(to)) return [`${file}: ${target}`];
            const isHeld = hash === undefined || !to.endsWith('.md') || headingsOf(to).includes(hash);
            return isHeld ? [] : [`${file}: ${target}`];
          });
        });
      expect(dead).to.deep.equal([]);
    });

    it(`${name}: its source maps need no files beside them`, () => {
      for (const file of filesIn(staged(name)).filter((path) => path.endsWith('.js.map'))) {
        const map = JSON.parse(readFileSync(join(staged(name), file), 'utf8')) as {
          sources: readonly string[];
          sourcesContent?: readonly (string | null)[];
        };
        const whole = map.sourcesContent?.filter((content) => typeof content === 'string').length;
        expect(whole, file).to.equal(map.sources.length);
      }
    });
  }

  it('cp-is-banner: includes the pictures of its README', () => {
    expect(readFileSync(join(staged('cp-is-banner'), 'README.md'), 'utf8')).to.match(/!\[[^\]]*\]\(docs\/pictures\//);
  });

  it('cp-is-banner: a host that has lit keeps only its own copy', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'with-lit-'));
    try {
      writeFileSync(join(folder, 'package.json'), '{ "private": true }');
      const options = ['--no-audit', '--no-fund', '--prefer-offline'];
      await run(folder, 'npm', 'install', ...options, '--save-exact', 'lit@3.3.0', archiveOf('cp-is-banner'));
      expect(existsSync(join(folder, 'node_modules/cp-is-banner/node_modules'))).to.equal(false);
      expect(
        readdirSync(join(folder, 'node_modules')).filter((name) => /^(rxjs|comlink|idb|valibot)$/.test(name)),
      ).to.deep.equal([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe('cp-is-sandbox, in an empty folder, with no network for installing', () => {
    let folder: string;
    setUp(async (keep) => {
      folder = await keep(emptyWith('cp-is-sandbox', '--offline', '--cache', 'no-cache'), (made) =>
        rmSync(made, { recursive: true }),
      );
    });

    it('starts the register, the screens and the hub, and a screen asks about a child', async () => {
      const sandbox = await started(folder, '--port', '0');
      const browser = await launchBrowser();
      try {
        const page = await browser.newPage(inWindow);
        const complaints: string[] = [];
        page.on('pageerror', (error) => complaints.push(String(error)));
        await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
        await page.goto(`${sandbox.url}/demo/ed/`);
        await page.waitForFunction(() => customElements.get('cp-is-banner') !== undefined);
        const asked = await page.evaluate(async (nhsNumber) => {
          const banner = Object.assign(document.createElement('cp-is-banner'), {
            user: 'demo-ed-nurse',
            accessToken: () => Promise.resolve('demo-ed-nurse'),
            nhsNumber,
            nhsNumberStatus: 'verified',
            careSetting: 'general-practice',
          });
          document.body.append(banner);
          while (banner.getAttribute('status') !== 'current') await new Promise((resolve) => setTimeout(resolve, 50));
          return banner.shadowRoot?.textContent;
        }, child);
        expect(asked).to.contain('Islington');
        expect(complaints).to.deep.equal([]);
        for (const path of ['/', '/cpis/FHIR/R4/metadata', '/demo/fhircast/', '/demo/local-authority/'])
          expect((await fetch(sandbox.url + path)).status, path).to.equal(200);
        expect((await fetch(`${sandbox.url}/fhircast/hub`, { method: 'POST' })).status).to.not.equal(404);
      } finally {
        await browser.close();
        await sandbox.close();
      }
    });

    it('starts the register alone', async () => {
      const register = await started(folder, 'register', '--port', '0');
      try {
        const identifier = encodeURIComponent(`https://fhir.nhs.uk/Id/nhs-number|${child}`);
        const answer = await fetch(`${register.url}/cpis/FHIR/R4/CareTeam?patient:identifier=${identifier}`, {
          headers: {
            Authorization: 'Bearer demo-ed-nurse',
            TraceID: crypto.randomUUID(),
            IsUnscheduledAccessEvent: 'true',
          },
        });
        expect(await answer.text())
          .to.contain('searchset')
          .and.to.contain('Islington');
      } finally {
        await register.close();
      }
    });

    it('says what is wrong with a port', async () => {
      const failure: unknown = await started(folder, '--port', 'x').catch((error: unknown) => error);
      expect(String(failure)).to.contain('The port is a number from 0 to 65535.');
    });
  });

  it('the guide: from two archives in an empty folder to a banner, with its own commands', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'five-minutes-'));
    const guide = readFileSync(join(staged('cp-is-banner'), 'docs/integrate.md'), 'utf8');
    const [first = '', second = ''] = [...guide.matchAll(/^ *```sh\n([^]*?)```/gm)].map(([, commands]) => commands);
    const [init = '', install = '', register = ''] = first.trim().split(/\n\s*/);
    const [copy = '', serve = ''] = second.trim().split(/\n\s*/);
    expect([register, serve]).to.deep.equal(['npx cp-is-sandbox register --port 8090', 'node server.mjs']);
    for (const name of ['cp-is-banner', 'cp-is-sandbox'])
      copyFileSync(archiveOf(name), join(folder, `${name}-${version}.tgz`));
    for (const command of [init, `${install} --prefer-offline`, copy]) await run(folder, 'sh', '-c', command);
    const sandbox = await started(folder, 'register', '--port', '0');
    const epr = await served(folder, ['server.mjs'], { PORT: '0', REGISTER: `${sandbox.url}/cpis/FHIR/R4` });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage(inWindow);
      await page.goto(epr.url);
      await page.click('#sign-in');
      await page.click('#open');
      await page.waitForSelector('cp-is-banner[status=current]');
    } finally {
      await browser.close();
      await epr.close();
      await sandbox.close();
      rmSync(folder, { recursive: true });
    }
  });

  describe('cp-is-gateway, in an empty folder', () => {
    let folder: string;
    setUp(async (keep) => {
      folder = await keep(emptyWith('cp-is-gateway', '--prefer-offline'), (made) => rmSync(made, { recursive: true }));
    });

    it('starts, and names the settings that are missing', async () => {
      const failure: unknown = await run(folder, 'node', 'node_modules/.bin/cp-is-gateway').catch(
        (error: unknown) => error,
      );
      for (const variable of ['PUBLIC_URL', 'CIS2_ISSUER', 'SIGNING_KEY']) expect(String(failure)).to.contain(variable);
    });

    it('gives one’s own server the register’s routes, with their types', async () => {
      const source = `import { registerRoutes } from 'cp-is-gateway';
        const handler = registerRoutes({
          publicUrl: 'https://epr.example.nhs.uk',
          registerUrl: 'https://register.example.nhs.uk/cpis/FHIR/R4',
          tokenFor: async () => undefined,
        });
        const { status }: Response = await handler(new Request('https://epr.example.nhs.uk/cpis/FHIR/R4/CareTeam'));
        console.log(status);`;
      writeFileSync(join(folder, 'own.mts'), source);
      const options = ['--strict', '--lib', 'ES2023,DOM', '--target', 'ES2023', '--module', 'NodeNext'];
      await run(folder, join(root, 'node_modules/.bin/tsc'), ...options, 'own.mts');
      expect(await run(folder, 'node', 'own.mjs')).to.match(/^(400|401|403)\n$/);
    });
  });
});
