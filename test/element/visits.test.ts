import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, none, otherNumber, type AccessFacts } from '../fixtures/bundles.js';
import { answered, mount, textOf, unmountAll, until } from '../support/banner.js';
import { ScriptedRegister } from '../support/scripted-register.js';

const now = Date.now();
const ago = (hours: number): string => new Date(now - hours * 3_600_000).toISOString();

async function open(facts: readonly AccessFacts[], properties: Partial<CpIsBanner> = {}): Promise<CpIsBanner> {
  const register = await ScriptedRegister.answering({
    CareTeam: { body: held() },
    AuditEvent: { body: accesses(facts) },
  });
  return answered(mount(register, properties));
}

const button = (banner: CpIsBanner): HTMLButtonElement | null | undefined =>
  banner.shadowRoot?.querySelector<HTMLButtonElement>('[part=visits] button');

async function rowsOf(banner: CpIsBanner): Promise<readonly string[]> {
  button(banner)?.click();
  await banner.updateComplete;
  return [...(banner.shadowRoot?.querySelectorAll<HTMLElement>('tbody tr') ?? [])].map((row) =>
    row.innerText.replace(/\s+/g, ' ').trim(),
  );
}

describe('earlier visits to unscheduled care', () => {
  afterEach(unmountAll);

  it('are asked for only when a record is held', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = await answered(mount(register));
    expect(banner.visits).to.equal('none');
    expect(await register.log('AuditEvent')).to.have.lengthOf(0);
  });

  it('fill in after the status has been painted', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([{ at: ago(1) }]), hold: true },
    });
    const banner = await until(mount(register), ({ visits }) => visits === 'loading');
    expect(banner.status).to.equal('current');
    expect(textOf(banner)).to.contain('Islington').and.to.contain('Loading earlier visits…');
    while ((await register.log('AuditEvent')).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await register.release();
    await answered(banner);
    expect(banner.visits).to.equal('shown');
  });

  it('views are the fact and visits the estimate; this check is marked and not counted', async () => {
    const place = 'Whittington Hospital, emergency department';
    const banner = await open([
      { at: ago(30), place, viewer: 'Dr Amira SHAH', role: 'Specialty registrar' },
      { at: ago(0), place, viewer: 'Ms Hannah LEWIS' },
      { at: ago(40.5), place: 'NHS 111 London', viewer: 'Duty team', role: 'Health adviser' },
      { at: ago(31), place, viewer: 'Mr Daniel OKAFOR', role: 'Staff nurse' },
      { at: ago(40), place: 'NHS 111 London', viewer: 'Duty team', role: 'Health adviser' },
    ]);
    expect(textOf(banner, '[part=visits] p')).to.equal(
      'CP-IS viewed 4 times before now, at 2 services. About 3 visits; 3 in the last 30 days.',
    );
    const rows = await rowsOf(banner);
    expect(rows).to.have.lengthOf(5);
    expect(rows[0]).to.contain('This check: Ms Hannah LEWIS');
    expect(rows[1])
      .to.contain('Whittington Hospital')
      .and.to.contain('Dr Amira SHAH')
      .and.to.contain('Specialty registrar');
    expect(rows[2]).to.contain('same service, about the same visit').and.to.contain('Mr Daniel OKAFOR');
    expect(rows[3]).to.contain('NHS 111 London Duty team Health adviser');
    expect(rows[4]).to.contain('NHS 111 London');
  });

  it('a scheduled check marks nothing: who looked a moment ago is counted, and named', async () => {
    const banner = await open([{ at: ago(0), place: 'St Elsewhere ED', viewer: 'Dr Emergency' }], {
      careSetting: 'general-practice',
    });
    expect(textOf(banner, '[part=visits]')).to.contain('CP-IS viewed 1 time').and.not.to.contain('Not viewed before');
    const [row] = await rowsOf(banner);
    expect(row).to.contain('Dr Emergency').and.not.to.contain('This check');
  });

  it('none before now', async () => {
    const banner = await open([{ at: ago(0) }]);
    expect(textOf(banner, '[part=visits]')).to.contain('Not viewed before in unscheduled care.');
    expect(banner.visits).to.equal('shown');
  });

  for (const layout of ['banner', 'compact', 'panel'])
    it(`none read from an answer that may lack some is not "not viewed before": ${layout}`, async () => {
      const body = { ...accesses([{ at: ago(0) }]), total: 2 };
      const register = await ScriptedRegister.answering({ CareTeam: { body: held() }, AuditEvent: { body } });
      const banner = await answered(mount(register, { layout }));
      expect(textOf(banner)).to.contain('Earlier visits did not load. There may be some.');
      expect(textOf(banner)).not.to.match(/not viewed before/i);
    });

  it('an empty history is shown as one', async () => {
    const banner = await open([]);
    expect([banner.visits, textOf(banner, '[part=visits] p')]).to.deep.equal([
      'shown',
      'Not viewed before in unscheduled care.',
    ]);
  });

  it('25 rows are all there are to be had: the counts are "at least"', async () => {
    const banner = await open(Array.from({ length: 25 }, (_, index) => ({ at: ago(index * 24) })));
    expect(textOf(banner, '[part=visits] p')).to.contain(
      'CP-IS viewed at least 24 times before now, at 1 service or more.',
    );
    expect(await rowsOf(banner)).to.have.lengthOf(25);
    expect(textOf(banner, '.table .note')).to.match(/^25 most recent, back to \d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d\./);
  });

  const failures = {
    'an error': { status: 500 },
    'another patient’s number': { body: accesses([{ at: ago(1), number: otherNumber }]) },
    'no answer': { hold: true },
    rubbish: { body: '<html>' },
  };
  for (const [name, script] of Object.entries(failures))
    it(`failed by ${name}: said so, and the status stands`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: held() }, AuditEvent: script });
      const banner = await answered(mount(register, { timeout: 1.5 }));
      expect([banner.status, banner.visits]).to.deep.equal(['current', 'failed']);
      expect(textOf(banner, '[part=visits]')).to.contain('Earlier visits did not load. There may be some.');
      expect(button(banner)).to.equal(null);
    });

  it('names stand nowhere but in the table', async () => {
    const place = 'The Havens, sexual assault referral centre';
    const facts = [{ at: ago(30), viewer: 'Dr Amira SHAH', place }];
    for (const layout of ['banner', 'compact', 'panel']) {
      const banner = await open(facts, { layout });
      const table = banner.shadowRoot?.querySelector('.table');
      table?.remove();
      expect(banner.shadowRoot?.textContent, layout).not.to.contain('SHAH').and.not.to.contain('Havens');
    }
  });

  it('panel shows the table without being asked', async () => {
    const banner = await open([{ at: ago(30), viewer: 'Dr Amira SHAH' }], { layout: 'panel' });
    expect(textOf(banner, '.table')).to.contain('Dr Amira SHAH');
  });
});
