import { expect } from 'chai';

import { accesses, held } from '../fixtures/bundles.js';
import { answered, mount, unmountAll } from '../support/page/banner.js';
import { replace } from '../support/page/broken-storage.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

it('fifty tags on one page: one worker, one style sheet', async () => {
  let workers = 0;
  class CountedWorker extends Worker {
    constructor(...file: ConstructorParameters<typeof Worker>) {
      super(...file);
      workers += 1;
    }
  }
  const mend = replace(globalThis, 'Worker', CountedWorker);
  try {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([]) },
    });
    const tags = await Promise.all(
      Array.from({ length: 50 }, (_, place) =>
        answered(mount(register, { careSetting: 'general-practice', encounter: `tag ${place}` })),
      ),
    );
    expect(tags.map(({ status }) => status)).to.deep.equal(tags.map(() => 'current'));
    expect(workers).to.equal(1);
    expect(new Set(tags.flatMap(({ shadowRoot }) => shadowRoot?.adoptedStyleSheets ?? []))).to.have.property('size', 1);
  } finally {
    unmountAll();
    mend();
  }
});
