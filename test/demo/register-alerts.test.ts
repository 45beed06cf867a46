import { expect } from 'chai';

import type { AccessToService, Notification, OpenedInErrorSent } from '../../demo/shared/register-api.js';
import type { Register } from '../../demo/register/index.js';
import { hackney, inbox, islington } from './authority-support.js';
import * as la from './authority-support.js';
import * as t from './support.js';

const aaliyah = '9995124467';
const oliver = '9996878082';
const noRecord = '9992811528';
const endedOnly = '9998817846';
const camden = 'E09000007';
const trace = '3f0c1c8e-52b7-4a4e-9a0c-6f6d2a1b9e01';

describe('An alert', () => {
  let register: Register;
  beforeEach(async () => {
    register = await t.freshRegister();
  });

  const first = async (by: string): Promise<AccessToService> => {
    const [notification] = await inbox(register, by);
    if (notification?.kind !== 'access-to-service') throw new Error('Expected an alert');
    return notification;
  };

  it('says who, in which role, where, a number to call back, when, which child and how often before', async () => {
    await t.openPatient(register, aaliyah);
    const { child, plans, ...rest } = await first(islington);
    expect(rest).to.deep.equal({
      id: 1,
      kind: 'access-to-service',
      at: '2026-11-22T21:42:00.000Z',
      acknowledgedAt: null,
      acknowledgedBy: null,
      outcome: null,
      access: {
        at: '2026-11-22T21:42:00.000Z',
        viewer: 'Ms Hannah LEWIS',
        role: 'Staff nurse',
        organisation: 'Whittington Hospital, emergency department',
        setting: 'emergency-department',
        callBackPhone: '020 7946 0301',
      },
      before: { last30Days: { views: 3, visits: 2 }, last12Months: { views: 13, visits: 8 } },
      visitBeganAt: '2026-11-22T21:42:00.000Z',
      allEnded: false,
      allocatedWorker: null,
    });
    expect(child).to.deep.include({
      nhsNumber: aaliyah,
      name: 'Aaliyah HASSAN',
      birthDate: '2019-08-10',
      age: '7 years',
    });
    expect(plans.map(({ type, ended, own }) => [type, ended, own])).to.deep.equal([
      ['LAC', true, true],
      ['CPP', false, true],
    ]);
  });

  it('goes to each responsible authority once, with that authority’s own plans', async () => {
    await t.openPatient(register, aaliyah);
    expect((await inbox(register, islington)).length).to.equal(1);
    expect((await inbox(register, hackney)).length).to.equal(1);
    expect((await inbox(register, camden)).length).to.equal(0);
    expect((await first(hackney)).plans.map(({ type, authority }) => [type, authority.code])).to.deep.equal([
      ['LAC', hackney],
    ]);
  });

  it('is sent once for one access, however often its TraceID is sent', async () => {
    await Promise.all(Array.from({ length: 8 }, () => t.openPatient(register, oliver, { traceId: trace })));
    expect(await inbox(register)).to.have.length(1);
  });

  it('is not sent for a scheduled read, a refused one, somebody without a record or beyond the window', async () => {
    for (const token of ['demo-gp', 'demo-school-nurse', 'demo-ed-nurse']) {
      await t.openPatient(register, oliver, { token, unscheduled: false });
    }
    await t.openPatient(register, oliver, { token: 'demo-gp', unscheduled: true });
    await t.openPatient(register, noRecord);
    await t.openPatient(register, '9992645768');
    expect(await inbox(register)).to.deep.equal([]);
    expect(await inbox(register, camden)).to.deep.equal([]);
  });

  it('says that every plan has ended, and whether a worker is allocated (PG9 3.4)', async () => {
    await t.openPatient(register, endedOnly);
    expect(await first(camden)).to.deep.include({ allEnded: true, allocatedWorker: null });
    const { id } = await la.childOf(register, endedOnly, camden);
    for (const allocatedWorker of ['none', 'present'] as const) {
      const path = `${camden}/children/${id}/allocated-worker`;
      expect((await la.ask(register, 'PUT', path, { by: camden, body: { allocatedWorker } })).status).to.equal(204);
      expect(await first(camden)).to.deep.include({ allocatedWorker });
    }
  });

  it('says which views may be one attendance: 12 hours from the first, never chained', async () => {
    const began: [string, string][] = [];
    for (const [token, after] of [
      ['demo-ed-nurse', 0],
      ['demo-ed-doctor', 11 * t.hours],
      ['demo-ed-nurse', 12 * t.hours],
      ['demo-ed-doctor', 12 * t.hours + 1],
      ['demo-111', 12 * t.hours + 1],
      ['demo-111', 12 * t.hours + 2],
    ] as const) {
      t.clock.now = t.sunday + after;
      await t.openPatient(register, oliver, { token });
    }
    for (const one of await inbox(register)) {
      if (one.kind === 'access-to-service') began.push([one.visitBeganAt.slice(11), one.access.at.slice(11)]);
    }
    expect(began).to.deep.equal([
      ['21:42:00.000Z', '21:42:00.000Z'],
      ['21:42:00.000Z', '08:42:00.000Z'],
      ['21:42:00.000Z', '09:42:00.000Z'],
      ['09:42:00.001Z', '09:42:00.001Z'],
      ['09:42:00.001Z', '09:42:00.001Z'],
      ['09:42:00.002Z', '09:42:00.002Z'],
    ]);
    const last = (await inbox(register)).at(-1) as AccessToService;
    expect(last.before.last30Days).to.deep.equal({ views: 5, visits: 3 });
  });

  it('gives the child’s age as it was on that day', async () => {
    for (const [nhsNumber, age] of [
      ['9997661443', '2 days'],
      ['9997064968', '31 years'],
    ] as const) {
      await t.openPatient(register, nhsNumber);
      expect((await inbox(register)).find(({ child }) => child.nhsNumber === nhsNumber)?.child.age).to.equal(age);
    }
  });
});

describe('The inbox', () => {
  let register: Register;
  beforeEach(async () => {
    register = await t.freshRegister();
  });
  const opens = async (count: number) => {
    for (let index = 0; index < count; index += 1) await t.openPatient(register, oliver);
  };
  const ids = (list: readonly Notification[]) => list.map(({ id }) => id);

  it('is numbered from 1 without gaps, even when many opens arrive at once', async () => {
    await Promise.all(Array.from({ length: 40 }, () => t.openPatient(register, aaliyah)));
    for (const code of [islington, hackney]) {
      expect(ids(await inbox(register, code))).to.deep.equal(Array.from({ length: 40 }, (_, index) => index + 1));
    }
  });

  it('continues after a number, in pages', async () => {
    await opens(5);
    const page = await la.ask<{ next: number }>(register, 'GET', `${islington}/notifications?after=1&limit=2`);
    expect(page.body).to.have.nested.property('notifications.length', 2);
    expect(page.body.next).to.equal(3);
    expect(ids(await inbox(register, islington, 'after=3'))).to.deep.equal([4, 5]);
    expect((await la.ask<object>(register, 'GET', `${islington}/notifications?after=5`)).body).to.deep.equal({
      notifications: [],
      next: 5,
    });
  });

  it('forgets nothing that is not acknowledged; an acknowledgement counts once', async () => {
    await opens(2);
    const acknowledge = (id: number | string, by = islington) =>
      la.ask(register, 'POST', `${islington}/notifications/${id}/acknowledgement`, { by });
    t.clock.now += t.minutes;
    expect((await acknowledge(1)).status).to.equal(204);
    t.clock.now += t.minutes;
    expect((await acknowledge(1)).status).to.equal(204);
    expect((await inbox(register))[0]?.acknowledgedAt).to.equal('2026-11-22T21:43:00.000Z');
    expect(ids(await inbox(register, islington, 'unacknowledged=true'))).to.deep.equal([2]);
    for (const id of [3, 0, 'x', '1.5', '-1', "1'--"]) expect((await acknowledge(id)).status).to.be.oneOf([400, 404]);
    expect((await acknowledge(2, hackney)).status).to.equal(403);
  });

  it('keeps who acknowledged first, and what came of it', async () => {
    await t.openPatient(register, oliver);
    const path = `${islington}/notifications/1/acknowledgement`;
    const say = (body?: unknown) => la.ask(register, 'POST', path, body === undefined ? {} : { body });
    for (const wrong of [{ by: '' }, { by: 'x'.repeat(101) }, { by: 7 }, { outcome: 'done' }, 'x', 'null'])
      expect((await say(wrong)).status, JSON.stringify(wrong)).to.equal(400);
    expect((await say({ by: 'Sam Okoro', outcome: 'assessing' })).status).to.equal(204);
    expect((await say({ by: 'Somebody Else', outcome: 'no-further-action' })).status).to.equal(204);
    expect((await say()).status).to.equal(204);
    expect((await inbox(register))[0]).to.include({ acknowledgedBy: 'Sam Okoro', outcome: 'assessing' });
  });

  for (const query of ['after=x', 'after=-1', 'limit=0', 'limit=1001', 'limit=', 'unacknowledged=yes', 'after=1e3']) {
    it(`refuses ${query}`, async () => {
      expect((await la.ask(register, 'GET', `${islington}/notifications?${query}`)).status).to.equal(400);
    });
  }
});

describe('The stream', () => {
  let register: Register;
  beforeEach(async () => {
    register = await t.freshRegister();
  });

  /** Reads `count` events, and then leaves. */
  const listen = async (count: number, headers: Record<string, string> = {}, query = ''): Promise<Notification[]> => {
    const stop = new AbortController();
    const response = await register.app.request(`/local-authorities/${islington}/notifications/stream${query}`, {
      headers: { Authorization: `Bearer demo-la-${islington}`, ...headers },
      signal: stop.signal,
    });
    expect(response.headers.get('content-type')).to.contain('text/event-stream');
    const heard: Notification[] = [];
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (heard.length < count) {
      const { value, done } = await reader.read();
      if (done) break;
      text += value;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data !== undefined) heard.push(JSON.parse(data) as Notification);
      }
    }
    await reader.cancel();
    return heard;
  };

  it('brings an alert that arrives while it is open, and nothing from a scheduled read', async () => {
    const heard = listen(2);
    await t.openPatient(register, oliver, { token: 'demo-gp', unscheduled: false });
    await t.openPatient(register, oliver);
    await t.openPatient(register, oliver, { token: 'demo-ed-doctor' });
    expect((await heard).map(({ id, kind }) => [id, kind])).to.deep.equal([
      [1, 'access-to-service'],
      [2, 'access-to-service'],
    ]);
  });

  it('begins with what is not acknowledged, or continues after Last-Event-ID or after=', async () => {
    for (let index = 0; index < 3; index += 1) await t.openPatient(register, oliver);
    await la.ask(register, 'POST', `${islington}/notifications/2/acknowledgement`);
    expect((await listen(2)).map(({ id }) => id)).to.deep.equal([1, 3]);
    expect((await listen(2, { 'Last-Event-ID': '1' })).map(({ id }) => id)).to.deep.equal([2, 3]);
    expect((await listen(1, {}, '?after=2')).map(({ id }) => id)).to.deep.equal([3]);
  });
});

describe('A note that a view was opened in error', () => {
  let register: Register;
  beforeEach(async () => {
    register = await t.freshRegister();
  });
  const say = async (body: unknown, token = 'demo-ed-nurse') => {
    const response = await register.app.request('/opened-in-error', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as OpenedInErrorSent };
  };

  it('reaches the authorities that were alerted, once, and names the alert', async () => {
    await t.openPatient(register, aaliyah, { traceId: trace });
    const note = { nhsNumber: aaliyah, traceId: trace, note: 'Wrong row clicked.' };
    const { status, body } = await say(note);
    expect([status, body.authorities]).to.deep.equal([200, ['LONDON BOROUGH OF HACKNEY', 'Islington Local Authority']]);
    expect(await say(note)).to.deep.equal({ status, body });
    for (const code of [islington, hackney]) {
      const [alert, taken, ...more] = await inbox(register, code);
      expect(more).to.deep.equal([]);
      expect(taken).to.deep.include({ id: 2, kind: 'opened-in-error', about: alert?.id, note: 'Wrong row clicked.' });
    }
  });

  it('means the user’s latest view when no TraceID is given', async () => {
    await t.openPatient(register, oliver);
    t.clock.now += t.hours;
    await t.openPatient(register, oliver);
    await say({ nhsNumber: oliver });
    expect((await inbox(register)).at(-1)).to.deep.include({ kind: 'opened-in-error', about: 2 });
  });

  it('tells nobody about a view that alerted nobody', async () => {
    await t.openPatient(register, noRecord);
    expect(await say({ nhsNumber: noRecord })).to.deep.equal({ status: 200, body: { authorities: [] } });
  });

  it('is refused to a user who made no such view', async () => {
    await t.openPatient(register, oliver, { traceId: trace });
    expect((await say({ nhsNumber: oliver }, 'demo-ed-doctor')).status).to.equal(404);
    expect((await say({ nhsNumber: oliver, traceId: crypto.randomUUID() })).status).to.equal(404);
    expect((await say({ nhsNumber: oliver }, 'demo-gp')).status).to.equal(403);
    expect((await say({ nhsNumber: oliver }, 'nobody')).status).to.equal(401);
    for (const body of [
      null,
      {},
      { nhsNumber: '1' },
      { nhsNumber: oliver, note: 'x'.repeat(501) },
      { nhsNumber: oliver, note: '\ud800' },
    ]) {
      expect((await say(body)).status).to.equal(400);
    }
  });
});

describe('A superseded number', () => {
  const supersede = (register: Register, nhsNumber: string, supersededBy: string) =>
    register.app.request('/sandbox/demographics/superseded', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ nhsNumber, supersededBy }),
    });

  it('is told to every authority with a plan on it, once, without the new number', async () => {
    const register = await t.freshRegister();
    const next = t.testNumber(1);
    await t.addPeople([{ nhsNumber: next, familyName: 'New', givenName: 'Name', birthDate: '2019-08-10' }]);
    expect((await supersede(register, aaliyah, next)).status).to.equal(204);
    expect((await supersede(register, aaliyah, next)).status).to.equal(204);
    for (const code of [islington, hackney]) {
      const list = await inbox(register, code);
      expect(list.map(({ kind, child }) => [kind, child.nhsNumber])).to.deep.equal([['inactive-nhs-number', aaliyah]]);
      expect(JSON.stringify(list)).not.to.contain(next);
    }
    expect((await supersede(register, aaliyah, oliver)).status).to.equal(409);
    expect((await supersede(register, next, next)).status).to.equal(404);
  });
});
