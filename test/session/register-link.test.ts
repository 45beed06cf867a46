import { expect } from 'chai';
import { firstValueFrom } from 'rxjs';

import type { Question } from '../../src/contract/register-service.js';
import { RegisterLink } from '../../src/session/register-link.js';
import { newTraceId } from '../../src/session/trace-id.js';
import { nhsNumber, none } from '../fixtures/bundles.js';
import { ScriptedRegister } from '../support/scripted-register.js';

const question = (register: ScriptedRegister, timeout: number): Question => ({
  open: {
    baseUrl: new URL(register.baseUrl, document.baseURI).href,
    registerApi: 'cp-is',
    user: '',
    nhsNumber,
    encounter: '',
    attendance: 'unscheduled',
  },
  traceId: newTraceId(),
  freshFor: 300,
  timeout,
});

const failed = (reason: string) => ({
  kind: 'reply',
  reply: { kind: 'failed', nhsNumber, reason, mayHaveLeft: false },
});

describe('the page’s link to the register', () => {
  it('a register’s file that cannot be had: unreachable, and nothing has left', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const news = await firstValueFrom(new RegisterLink().ask(question(register, 5), undefined, '/no-such-file.js'));
    expect(news).to.deep.equal(failed('unreachable'));
    expect(await register.log()).to.have.lengthOf(0);
  });

  it('a register’s file that never comes: timed out, and nothing has left', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { hold: true } });
    const link = new RegisterLink();
    const news = await firstValueFrom(link.ask(question(register, 0.1), undefined, `${register.baseUrl}/CareTeam`));
    expect(news).to.deep.equal(failed('timed-out'));
  });

  it('is loaded once, and again after it could not be had', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const link = new RegisterLink();
    await firstValueFrom(link.ask(question(register, 5), undefined, '/no-such-file.js'));
    const news = await firstValueFrom(link.ask(question(register, 5), undefined, ''));
    expect(news.kind === 'reply' && news.reply.kind).to.equal('none');
  });

  it('mints TraceIDs that are UUIDs of version 4, each another', () => {
    const ids = Array.from({ length: 1000 }, newTraceId);
    for (const id of ids) expect(id).to.match(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(new Set(ids).size).to.equal(1000);
  });
});
