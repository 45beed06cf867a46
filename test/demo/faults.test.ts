import { expect } from 'chai';
import { Hono } from 'hono';

import { faults } from '../../demo/register/faults.js';
import type { Register } from '../../demo/register/index.js';
import { baseUrlWith, failures } from '../../demo/toolbar/failures.js';
import * as t from './support.js';
import { listen, type Site } from '../hosts/site.js';
import { setUp } from '../support/node/setting-up.js';

const aaliyah = '9995124467';

describe('The sandbox’s faults', () => {
  let register: Register;
  let site: Site;
  setUp(async (keep) => {
    register = await t.freshRegister();
    site = await keep(listen(new Hono().route('/faults', faults(register.app))));
  });

  /** What a caller sees of one request: its status and whether a complete body came, or that the connection died. */
  const ask = async (fault: string, traceId: string, resource = 'CareTeam'): Promise<string> => {
    const path = t.careTeamPath(aaliyah).replace(t.base, baseUrlWith(fault)).replace('CareTeam', resource);
    const headers = t.headersOf({ traceId });
    try {
      const response = await fetch(`http://localhost:${site.port}${path}`, {
        headers,
        signal: AbortSignal.timeout(fault.includes('hang') ? 500 : 60_000),
        redirect: 'manual',
      });
      const whole = await response.text().then(
        () => 'whole',
        () => 'broken off',
      );
      return `${response.status} ${whole}`;
    } catch (error) {
      return (error as Error).name === 'TimeoutError' ? 'no answer' : 'dead connection';
    }
  };

  const isRecorded = async (wanted: string): Promise<boolean> =>
    (await t.accessRows(register)).some(({ traceId }) => traceId === wanted);

  const connections: [fault: string, heard: string, recorded: boolean][] = [
    ['hang', 'no answer', false],
    ['drop', 'dead connection', false],
    ['reset', 'dead connection', false],
    ['drop-before-headers', 'dead connection', true],
    ['drop-within-headers', 'dead connection', true],
    ['drop-after-headers', '200 broken off', true],
    ['half-body', '200 broken off', true],
    ['delay-1', '200 whole', true],
    ['status-503', '503 whole', false],
    ['malformed', '200 whole', true],
    ['wrong-patient', '200 whole', true],
  ];
  for (const [fault, heard, recorded] of connections) {
    it(`${fault}: ${heard}, ${recorded ? 'and the access is recorded' : 'and nothing is recorded'}`, async () => {
      const traceId = crypto.randomUUID();
      expect(await ask(fault, traceId)).to.equal(heard);
      expect(await isRecorded(traceId)).to.equal(recorded);
    });
  }

  it('affect only the earlier visits when asked to', async () => {
    const traceId = crypto.randomUUID();
    expect(await ask('visits-drop-after-headers', traceId)).to.equal('200 whole');
    expect(await ask('visits-drop-after-headers', traceId, 'AuditEvent')).to.equal('200 broken off');
  });

  it('are all the faults that the toolbar offers, and there is no other', async () => {
    for (const [name, fault] of failures) {
      if (fault.includes('delay-4000')) continue;
      expect(await ask(fault, crypto.randomUUID(), 'AuditEvent'), name).not.to.match(/^404/);
    }
    expect(await ask('no-such-fault', crypto.randomUUID())).to.equal('404 whole');
  });
});
