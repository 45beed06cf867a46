import { expect } from 'chai';

import { accesses, held } from '../fixtures/bundles.js';
import { answered, mount, unmountAll } from '../support/page/banner.js';
import { replace } from '../support/page/broken-storage.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

/** Numbers as the register sends them, and the text that Copy gives a soft-phone. */
const rows: readonly (readonly [sent: string, copied: string])[] = [
  ['02079460123', '020 7946 0123'],
  ['+44 (0)113 496 0123', '0113 496 0123'],
  ['020\u00a07946\u20110123', '020 7946 0123'],
  ['\u202d02079460123\u202c', '020 7946 0123'],
];

describe('a copied number', () => {
  afterEach(unmountAll);

  for (const [sent, copied] of rows)
    it(`${JSON.stringify(sent)}: copied as digits and plain spaces`, async () => {
      const written: string[] = [];
      const mend = replace(navigator.clipboard, 'writeText', (text: string) => {
        written.push(text);
        return Promise.resolve();
      });
      const banner = await answered(
        mount(
          await ScriptedRegister.answering({
            CareTeam: { body: held({ office: sent, emergency: sent }) },
            AuditEvent: { body: accesses([]) },
          }),
        ),
      );
      banner.shadowRoot?.querySelector<HTMLElement>('.number button')?.click();
      mend();
      expect(written).to.deep.equal([copied]);
    });
});
