import { expect } from 'chai';

import { accesses, held } from '../fixtures/bundles.js';
import { eventually } from '../register/checks.js';
import { answered, mount, textOf, unmountAll } from '../support/page/banner.js';
import { resume, startClockAt } from '../support/page/clock.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const scripts = { CareTeam: { body: held() }, AuditEvent: { body: accesses([]) } };

describe('attributes as HTML and hosts write them', () => {
  afterEach(() => {
    unmountAll();
    resume();
  });

  for (const value of ['', 'discreet', 'true', 'false', '0'])
    it(`discreet="${value}" is discreet, like any boolean attribute in HTML, and the safe side`, async () => {
      const banner = mount(await ScriptedRegister.answering(scripts));
      banner.setAttribute('discreet', value);
      await answered(banner);
      expect([banner.discreet, textOf(banner)]).to.deep.equal([true, 'Please read: CP-IS Show']);
    });

  it('a copy of the page holds only the answer’s attributes; a tag taken out, or a copy put in, is idle', async () => {
    const register = await ScriptedRegister.answering(scripts);
    const banner = await answered(mount(register, { user: 'nurse', encounter: 'e1' }));
    const attributes = (tag: Element): readonly string[] =>
      tag.getAttributeNames().map((name) => `${name}=${tag.getAttribute(name)}`);
    const said = ['status=current', 'visits=shown'];
    const snapshot = new DOMParser().parseFromString(banner.outerHTML, 'text/html').body.firstElementChild!;
    expect(attributes(snapshot)).to.have.members(said);
    expect(snapshot.textContent).to.equal('');
    const copy = banner.cloneNode(true) as typeof banner;
    expect(attributes(copy)).to.have.members(said);
    expect(copy.answer).to.equal(undefined);
    document.body.append(copy);
    await copy.updateComplete;
    expect([copy.status, copy.getAttribute('status')]).to.deep.equal(['idle', 'idle']);
    copy.remove();
    banner.remove();
    await eventually(() => banner.status === 'idle');
    expect([banner.status, banner.getAttribute('status')]).to.deep.equal(['idle', 'idle']);
  });

  for (const [what, write] of [
    ['overwritten', 'none'],
    ['taken away', null],
  ] as const)
    it(`status, reason and visits ${what} by a host: nothing else follows, and they are back when the minute turns`, async () => {
      const clock = startClockAt('2026-11-20T16:50:30Z');
      const headers = { Date: new Date().toUTCString() };
      const banner = await answered(
        mount(
          await ScriptedRegister.answering({
            CareTeam: { body: held(), headers },
            AuditEvent: { body: accesses([]), headers },
          }),
        ),
      );
      const before = textOf(banner);
      for (const name of ['status', 'visits', 'reason'])
        if (write === null) banner.removeAttribute(name);
        else banner.setAttribute(name, write);
      await banner.updateComplete;
      expect([banner.status, banner.visits, banner.reason, banner.answer?.status, textOf(banner)]).to.deep.equal([
        'current',
        'shown',
        undefined,
        'current',
        before,
      ]);
      clock.tick(30_000);
      expect(['status', 'visits', 'reason'].map((name) => banner.getAttribute(name))).to.deep.equal([
        'current',
        'shown',
        null,
      ]);
    });
});
