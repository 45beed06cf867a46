import { expect } from 'chai';

import type { News, PageSide, Question, RegisterService } from '../../src/contract/register-service.js';
import { Checks } from '../../src/worker/checks.js';
import { accesses, held } from '../fixtures/bundles.js';
import { eventually, inWords, questionOf } from '../register/checks.js';
import { storageFaults } from '../support/page/broken-storage.js';
import { listen } from '../support/page/listen.js';
import { ScriptedRegister, type Scripts } from '../support/page/scripted-register.js';
import { newKey, stored } from '../support/page/stored.js';

const whole: Scripts = { CareTeam: { body: held() }, AuditEvent: { body: accesses([]) } };
const start = 1_000_000_000_000;
const hour = 3_600_000;

type Key = () => Promise<CryptoKey | undefined>;
type Rest = Partial<Omit<Question, 'open'>>;

/** One page of a nurse's, with a worker of its own. What it opens has a TraceID that it made. */
class Page implements PageSide {
  readonly register: ScriptedRegister;
  readonly service: RegisterService;
  readonly news: News[] = [];
  readonly storageKey: Key;
  readonly #now: () => number;
  #asked = 0;

  constructor(register: ScriptedRegister, key: Key, now: () => number) {
    this.register = register;
    this.storageKey = key;
    this.#now = now;
    this.service = new Checks(this, now);
    pages.push(this);
  }

  token = (): Promise<string> => Promise.resolve('token');

  here = (): Promise<void> => Promise.resolve();

  open(open: Partial<Question['open']> = {}, rest: Rest = {}): { readonly asker: string; readonly traceId: string } {
    const asker = `asker ${++this.#asked}`;
    const traceId = crypto.randomUUID();
    const made = { traceId, openedAt: this.#now(), ...rest };
    const question = questionOf(this.register, { user: 'nurse', encounter: 'E1', ...open }, made);
    void listen(this.service, asker, question, { token: false, storageKey: true }, (news) => this.news.push(news));
    return { asker, traceId };
  }

  get told(): readonly string[] {
    return inWords(this.news).filter((word) => word !== 'trace');
  }
  get trace() {
    return this.news.flatMap((news) => (news.kind === 'trace' ? [news] : [])).at(-1);
  }
  async isAnswered(): Promise<void> {
    await eventually(() => this.told.includes('visits 0'));
  }

  /** As when the browser leaves a page: its locks and its channel go, and its request is cut off. */
  close(): void {
    void this.service.forget(false);
  }
}

const pages: Page[] = [];
const pause = (milliseconds = 30): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('with a key, the next page goes on with the same access', () => {
  let now = start;
  let register: ScriptedRegister;
  let key: Key;
  let mend: () => void = () => undefined;
  beforeEach(async () => {
    now = start;
    register = await ScriptedRegister.answering(whole);
    const given = await newKey();
    key = () => Promise.resolve(given);
  });
  afterEach(async () => {
    mend();
    mend = () => undefined;
    const last = pages.at(-1);
    for (const page of pages.splice(0)) page.close();
    await last?.service.forget(true);
    await eventually(async () => (await indexedDB.databases()).length === 0);
  });

  const traceIds = async (): Promise<readonly string[]> => [
    ...new Set((await register.log()).map(({ headers }) => headers['traceid'] ?? '')),
  ];
  const newPage = (ofKey = key): Page => new Page(register, ofKey, () => now);
  /** Opens a page, gets its answer and leaves. Returns what it was told about the TraceID. */
  const visit = async (open: Partial<Question['open']> = {}, rest: Rest = {}, ofKey = key): Promise<Page> => {
    const page = newPage(ofKey);
    page.open(open, rest);
    await page.isAnswered();
    page.close();
    return page;
  };

  it('five pages, one after another: one TraceID, and each page is told its time', async () => {
    await visit();
    for (let minutes = 1; minutes < 5; minutes += 1) {
      now = start + minutes * 600_000;
      expect((await visit()).trace?.openedAt).to.equal(start);
    }
    expect(await traceIds()).to.have.lengthOf(1);
  });

  it('without a key: five', async () => {
    for (let page = 0; page < 5; page += 1) await visit({}, {}, () => Promise.resolve(undefined));
    expect(await traceIds()).to.have.lengthOf(5);
    expect(await indexedDB.databases()).to.deep.equal([]);
  });

  it('two tabs at once, and another when both are gone: one TraceID', async () => {
    const both = [newPage(), newPage()];
    for (const page of both) page.open();
    for (const page of both) await page.isAnswered();
    for (const page of both) page.close();
    await visit();
    expect(await traceIds()).to.have.lengthOf(1);
  });

  const others: [what: string, open: Partial<Question['open']>, rest: Rest][] = [
    ['user', { user: 'doctor' }, {}],
    ['patient', { nhsNumber: '9990000417' }, {}],
    ['encounter', { encounter: 'E2' }, {}],
    ['attendance', { attendance: 'scheduled' }, {}],
    ['care setting', {}, { setting: 'paediatric-ward' }],
  ];
  for (const [what, open, rest] of others)
    it(`another ${what} is another access`, async () => {
      await visit();
      const page = newPage();
      page.open(open, rest);
      await eventually(() => page.told.length > 0);
      expect(await traceIds()).to.have.lengthOf(2);
    });

  it('another session’s key is another access', async () => {
    await visit();
    await visit({}, {}, newKey);
    expect(await traceIds()).to.have.lengthOf(2);
  });

  it('nobody in particular shares with nobody', async () => {
    for (let page = 0; page < 2; page += 1) await visit({ user: '' });
    expect(await traceIds()).to.have.lengthOf(2);
    expect(await indexedDB.databases().then((all) => (all.length === 0 ? '' : stored()))).to.not.contain('opens');
  });

  const ages: [what: string, encounter: string, after: number, lasts: number, isOne: boolean][] = [
    ['with an encounter, 11:59 hours later', 'E1', 12 * hour - 60_000, 300, true],
    ['with an encounter, 12 hours later', 'E1', 12 * hour, 300, false],
    ['without one, within fresh-for', '', 299_999, 300, true],
    ['without one, after fresh-for', '', 300_000, 300, false],
    ['without one, and fresh-for is an hour', '', 3_599_999, 3600, true],
    ['without one, and fresh-for is nothing', '', 0, 0, false],
    ['the clock was put back', 'E1', -1, 300, false],
  ];
  for (const [what, encounter, after, lasts, isOne] of ages)
    it(`${what}: ${isOne ? 'the same access' : 'another'}`, async () => {
      await visit({ encounter }, { lasts });
      now += after;
      await visit({ encounter }, { lasts });
      expect(await traceIds()).to.have.lengthOf(isOne ? 1 : 2);
    });

  it('asking again does not make it younger: its time is the open’s', async () => {
    await visit({ encounter: '' });
    now += 200_000;
    const page = newPage();
    page.open({ encounter: '' });
    await page.isAnswered();
    page.open({ encounter: '' }, { traceId: page.trace!.traceId, openedAt: start, freshFor: 0 });
    await eventually(async () => (await register.log('CareTeam')).length === 3);
    page.close();
    now += 100_000;
    await visit({ encounter: '' });
    expect(await traceIds()).to.have.lengthOf(2);
  });

  it('is written before the request is sent: a page that is left while it waits is continued', async () => {
    await register.script({ CareTeam: { hold: true, body: held() } });
    const first = newPage();
    first.open();
    await eventually(async () => (await register.log()).length === 1);
    first.close();
    await register.script({ CareTeam: { hold: false, body: held() } });
    await visit();
    expect(await traceIds()).to.have.lengthOf(1);
  });

  describe('an encounter that is set takes over the open', () => {
    const opensAndAdopts = async (): Promise<void> => {
      const page = newPage();
      const { traceId } = page.open({ encounter: '' });
      await page.isAnswered();
      await page.service.adopt(traceId, questionOf(register, { user: 'nurse', encounter: 'E1' }).open);
      await pause();
      page.close();
    };

    it('and the next page continues it, with the encounter from the start', async () => {
      await opensAndAdopts();
      await visit({ encounter: 'E1' });
      expect(await traceIds()).to.have.lengthOf(1);
    });

    it('and the next page continues it before the encounter is known, and is told whose it is', async () => {
      await opensAndAdopts();
      expect((await visit({ encounter: '' })).trace?.adoptedBy).to.equal('E1');
      expect(await traceIds()).to.have.lengthOf(1);
    });

    for (const [encounter, accessesMade] of [
      ['E1', 1],
      ['E2', 2],
    ] as const)
      it(`${encounter} that comes while the next page still looks: ${accessesMade === 1 ? 'the same access' : 'its own'}`, async () => {
        await opensAndAdopts();
        let give: () => void = () => undefined;
        const page = newPage(async () => {
          await new Promise<void>((resolve) => (give = resolve));
          return key();
        });
        const { traceId } = page.open({ encounter: '' });
        await pause();
        await page.service.adopt(traceId, questionOf(register, { user: 'nurse', encounter }).open);
        give();
        await page.isAnswered();
        expect(await traceIds()).to.have.lengthOf(accessesMade);
        page.close();
        await visit({ encounter });
        expect(await traceIds()).to.have.lengthOf(accessesMade);
      });

    it('and another encounter on the next page has an access of its own', async () => {
      await opensAndAdopts();
      await visit({ encounter: 'E2' });
      expect(await traceIds()).to.have.lengthOf(2);
    });
  });

  it('after signing out it is another access, and nothing stays stored', async () => {
    const page = newPage();
    page.open();
    await page.isAnswered();
    await page.service.forget(true);
    await eventually(async () => (await indexedDB.databases()).length === 0);
    await visit();
    expect(await traceIds()).to.have.lengthOf(2);
  });

  for (const [what, end] of [
    ['signed out', (page: Page) => page.service.forget(true)],
    ['closed', (page: Page, asker: string) => page.service.leave(asker)],
  ] as const)
    it(`${what} while it looks for what was stored: nothing is sent, and nothing is written`, async () => {
      let give: () => void = () => undefined;
      const page = newPage(async () => {
        await new Promise<void>((resolve) => (give = resolve));
        return key();
      });
      const { asker } = page.open();
      await pause();
      await end(page, asker);
      give();
      await pause(100);
      expect(await register.log()).to.deep.equal([]);
      expect(page.told).to.deep.equal([]);
    });

  describe('whatever the store or the key does, the answer arrives', () => {
    for (const [what, begin] of storageFaults)
      it(what, async () => {
        mend = begin();
        await visit();
        expect(await traceIds()).to.have.lengthOf(1);
      });

    const keys: [what: string, key: Key][] = [
      ['a key that cannot be had', () => Promise.reject(new Error('signed out'))],
      ['a key that never comes', () => new Promise(() => undefined)],
      ['no key at all but a word', () => Promise.resolve('secret' as unknown as CryptoKey)],
    ];
    for (const [what, given] of keys)
      it(what, async () => {
        const page = await visit({}, {}, given);
        expect(page.told).to.deep.equal(['held 1', 'visits 0']);
      });
  });
});
