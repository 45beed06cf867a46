import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { SessionAccess } from '../src/session/access.js';
import { createLogs } from '../src/server/log.js';
import { setUp } from '../../test/support/node/setting-up.js';

const reader: SessionAccess = {
  accessToken: 'a token',
  may: { view: true, alert: true },
  role: { id: '555043304334', organisation: 'RRV' },
  sessionId: 'a session',
  uid: '555000000101',
  roleCode: 'S8001:G8002:R8001',
};

describe('the audit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-audit-'));
  const auditFile = join(folder, 'audit');
  setUp(async (keep) => {
    await keep(folder, (made) => rmSync(made, { recursive: true }));
  });

  it('of a read is in its file, once, before the answer leaves, however many are answered at the same time', async () => {
    const { observer } = createLogs({ level: 'silent', instance: 'here', auditFile });
    const kept = await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        await pause(index % 7);
        const traceId = crypto.randomUUID();
        await observer.read({ route: 'CareTeam', status: 200, ms: 1, bytes: 1, traceId, alerts: true }, reader);
        return readFileSync(auditFile, 'utf8').split(traceId).length - 1;
      }),
    );
    expect(new Set(kept)).to.deep.equal(new Set([1]));
  });

  it('of a sign-in is in its file at once', () => {
    const { observer } = createLogs({ level: 'silent', instance: 'here', auditFile });
    observer.signIn('signed-in', { uid: '555000000999', roleId: '1', organisation: 'RRV' });
    expect(readFileSync(auditFile, 'utf8')).to.contain('"uid":"555000000999"');
  });
});
