import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'puppeteer-core';

import { none } from '../fixtures/bundles.js';
import { inWindow } from '../../tools/browser.js';
import { startHost, type Host, type Site, type SiteFacts } from '../support/node/host-server.js';
import { expectAnswer, expectNotChecked, register, script, seeAtRest, tag } from './host-support.js';
import { launchBrowser } from '../support/node/launch.js';
import { setUp } from '../support/node/setting-up.js';

const token = 'a-users-token';
/** The host's own script sets its user's token, and then its tag. */
const ownTag = `<script type="module">
  await customElements.whenDefined('cp-is-banner');
  const banner = document.querySelector('#own');
  banner.accessToken = async () => '${token}';
  document.body.append(banner);
</script>`;

/** An attacker's worker: it claims to be of this build, takes the token away, and answers that there is no record. */
const theirs = (build: string): string => `onmessage = ({ data }) => {
  if (data.type !== 'APPLY') return;
  const [name] = data.path;
  const say = (value) => postMessage({ id: data.id, type: 'RAW', value });
  if (name === 'ready') say('${build}');
  if (name === 'ask') {
    postMessage({ id: 'theirs', type: 'APPLY', path: ['token'], argumentList: [{ type: 'RAW', value: 'page 1' }] });
    const { nhsNumber } = data.argumentList[1].value.open;
    say([{ kind: 'reply', reply: { kind: 'none', nhsNumber, checkedAt: Date.now(), clock: 0 } }]);
  }
  fetch('stolen', { method: 'POST', body: JSON.stringify(data) });
};`;

/** The build id in the built files, which anybody can read. */
const [, build = ''] = /["'`]([\da-f]{16})["'`]/.exec(readFileSync('dist/cp-is-banner.worker.js', 'utf8')) ?? [];

describe('where the token and the number go', () => {
  let host: Host;
  let elsewhere: Host;
  let browser: Browser;
  setUp(async (keep) => {
    host = await keep(startHost());
    elsewhere = await keep(startHost());
    browser = await keep(launchBrowser());
  });

  const visit = async (facts: SiteFacts): Promise<{ site: Site; page: Page; said: string[]; asked: string[] }> => {
    const site = await host.site({ register, body: script + tag(), ...facts });
    const page = await browser.newPage(inWindow);
    const said: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('request', (request) => {
      asked.push(request.url());
      void request.fetchPostData().then((body) => asked.push(body ?? ''));
    });
    await page.goto(site.url);
    return { site, page, said, asked };
  };

  it('the built worker names its build', () => {
    expect(build).to.have.lengthOf(16);
  });

  const injected = [
    ['a text in the attribute', `data:text/javascript,${encodeURIComponent(theirs(build))}`],
    ['another file of the site', 'uploads/theirs.js'],
    ['another site’s file of that name', 'https://127.0.0.1:1/cp-is-banner.worker.js'],
    ['a file of the site that only bears the name', 'cp-is-banner.worker-theirs.js'],
    ['a name with the right end', 'uploads/not-cp-is-banner.worker.js'],
    ['the name in the query', 'uploads/theirs.js?/cp-is-banner.worker.js'],
    ['the name in the fragment', 'uploads/theirs.js#/cp-is-banner.worker.js'],
  ] as const;
  for (const [what, workerUrl] of injected)
    it(`an injected tag with a worker-url of its own (${what}): that file gets no token or number, and the host’s tag is answered`, async () => {
      const files = Object.fromEntries(
        ['uploads/theirs.js', 'cp-is-banner.worker-theirs.js', 'uploads/not-cp-is-banner.worker.js'].map((name) => [
          name,
          theirs(build),
        ]),
      );
      const { page, said, asked } = await visit({
        files,
        head: script,
        body: `<cp-is-banner worker-url="${workerUrl}"></cp-is-banner>${tag('id="own"')}${ownTag}`,
      });
      await page.waitForSelector('#own[status=current][visits=shown]');
      expect(asked.filter((request) => request.includes(token))).to.deep.equal([]);
      expect(asked.some((request) => request.includes('stolen'))).to.equal(false);
      if (what !== 'a file of the site that only bears the name')
        expect(said.join()).to.contain('worker-url must be a cp-is-banner.worker*.js on the origin of this page');
      await page.close();
    });

  it('a worker file from another build: nothing is asked, and that is said', async () => {
    const { site, page } = await visit({ files: { 'cp-is-banner.worker.js': theirs(build) } });
    expectNotChecked(await seeAtRest(page), 'unreachable');
    expect(await site.requests()).to.deep.equal([]);
    await page.close();
  });

  it('a policy that does not let the page read the worker file: its own build id is trusted', async () => {
    const other = await elsewhere.site({ register, cors: true });
    const { page } = await visit({
      csp: `connect-src ${new URL(other.url).origin}`,
      body: script + tag('', `${other.url}register`),
    });
    expectAnswer(await seeAtRest(page));
    expect(page.workers()).to.have.lengthOf(1);
    await page.close();
  });

  for (const [what, baseUrl] of [
    ['a path on this site', '/SITE/register'],
    ['a path from this page', 'register'],
  ] as const)
    it(`${what} is asked on this site, whatever <base> says`, async () => {
      const theirRegister = await elsewhere.site({ register: { CareTeam: { body: none() } }, cors: true });
      // The host's path is known only when it has a site.
      const probe = await host.site({});
      const { origin, pathname } = new URL(probe.url);
      const path = pathname.replace(/\d+/, (number) => String(Number(number) + 1)).slice(1, -1);
      const { site, page } = await visit({
        head: `<base href="${theirRegister.url}">${script.replace('src="', `src="${origin}/${path}/`)}`,
        body: tag('', baseUrl.replace('SITE', path)),
      });
      expectAnswer(await seeAtRest(page));
      expect(await theirRegister.requests()).to.deep.equal([]);
      expect(await site.requests()).to.have.lengthOf(2);
      await page.close();
    });

  it('a path under a <base> of this site goes where the host means it', async () => {
    const { page } = await visit({
      head: `<base href="sub/">`,
      body: `${script.replace('src="', 'src="../')}${tag('', '../register')}`,
    });
    expectAnswer(await seeAtRest(page));
    await page.close();
  });

  it('a complete address goes where it says', async () => {
    const other = await elsewhere.site({ register, cors: true });
    const { page } = await visit({ body: script + tag('', `${other.url}register`) });
    expectAnswer(await seeAtRest(page));
    expect(await other.requests()).to.have.lengthOf(2);
    await page.close();
  });
});
