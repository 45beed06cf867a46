import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';

import { nhsNumber, otherNumber } from '../fixtures/bundles.js';
import { register, script, sentence, tag } from '../journeys/host-support.js';
import { oldWebkit, WebkitPage } from '../support/node/engines/webkit-page.js';
import { startHost, type Host } from '../support/node/host-server.js';
import { setUp } from '../support/node/setting-up.js';

/** The policy from docs/security.md. */
const policy = /^Content-Security-Policy: (.*)\n\s*(.*)$/m
  .exec(readFileSync('docs/security.md', 'utf8'))!
  .slice(1)
  .join(' ');

describe('below the floor of browsers: WebKit 2.38, the engine of Safari 16.0', function () {
  let page: WebkitPage;
  let host: Host;
  setUp(async (keep) => {
    const missing = [oldWebkit.driver, oldWebkit.browser].filter((file) => !existsSync(file));
    if (missing.length > 0)
      throw new Error(
        `Missing: ${missing.join(', ')}. On Debian 12: apt-get install --no-install-recommends wpewebkit-driver libwpewebkit-1.1-0 libwpebackend-fdo-1.0-1`,
      );
    host = await keep(startHost());
    page = await keep(WebkitPage.open(oldWebkit));
  });

  it('is older than the floor: it has no constructed style sheets', async () => {
    expect(page.capabilities).to.include({ browserVersion: '2.38.6' });
    expect(await page.script(`return 'adoptedStyleSheets' in document`)).to.equal(false);
  });

  for (const [what, facts] of [
    ['a page without a policy', {}],
    ['a page under the documented policy', { csp: policy }],
  ] as const)
    it(`${what}: the text in the tag stays and is drawn, for the next patient too`, async () => {
      const site = await host.site({ head: script, body: tag(), register, ...facts });
      await page.goto(site.url);
      for (const number of [nhsNumber, otherNumber]) {
        await page.script(`document.querySelector('cp-is-banner').nhsNumber = '${number}'`);
        await settled(page);
        expect(await page.textOf('cp-is-banner')).to.equal(sentence);
        expect(await page.script(`return document.querySelector('cp-is-banner').hasAttribute('status')`)).to.equal(
          false,
        );
      }
      expect(await site.requests(), 'an access that nobody sees').to.deep.equal([]);
      const seen = await page.screenshot();
      await page.script(`document.querySelector('cp-is-banner').style.visibility = 'hidden'`);
      expect((await page.screenshot()).equals(seen), 'the screen is blank').to.equal(false);
    });
});

/** A tag that had started would have asked by then. */
async function settled(page: WebkitPage): Promise<void> {
  await page.command('POST', '/timeouts', { script: 60_000 });
  await page.command('POST', '/execute/async', { script: `setTimeout(arguments[0], 2000);`, args: [] });
}
