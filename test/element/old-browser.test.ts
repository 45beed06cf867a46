import { expect } from 'chai';

import { accesses, held } from '../fixtures/bundles.js';
import { answered, mount, textOf, unmountAll } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

it('works in a browser without URL.canParse (Chromium 119, Electron 27)', async () => {
  const known = Object.getOwnPropertyDescriptor(URL, 'canParse') ?? {};
  Reflect.deleteProperty(URL, 'canParse');
  try {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([]) },
    });
    const banner = await answered(mount(register));
    expect(textOf(banner)).to.contain('Child protection plan');
  } finally {
    Object.defineProperty(URL, 'canParse', known);
    unmountAll();
  }
});
