import { expect } from 'chai';

import { MOST_STREAMS } from '../../demo/register/authorities/stream.js';
import { createRegister, type Database, type Register } from '../../demo/register/index.js';
import { hackney, islington } from './authority-support.js';
import * as t from './support.js';
import { setUpEach } from '../support/node/setting-up.js';

const oliver = '9996878082';

/** The tests' database, with a list of every statement run on it. */
const noting = () => {
  const statements: string[] = [];
  const database: Database = {
    ...t.database,
    query: (sql, values) => {
      statements.push(sql);
      return t.database.query(sql, values);
    },
  };
  return { database, statements };
};

interface Reader {
  status: number;
  /** Waits until the stream's text matches, and returns all of it. */
  until: (found: RegExp) => Promise<string>;
  leave: () => Promise<void>;
}

describe('Streams', () => {
  let register: Register;
  let statements: string[];
  const readers = new Set<Reader>();
  setUpEach(async (keep) => {
    await keep(readers, async () => {
      await Promise.all([...readers].map((reader) => reader.leave()));
      readers.clear();
    });
    await t.freshRegister();
    const noted = noting();
    statements = noted.statements;
    register = await createRegister({ database: noted.database, now: () => t.clock.now });
  });

  const open = async (code = islington, query = ''): Promise<Reader> => {
    const response = await register.app.request(`/local-authorities/${code}/notifications/stream${query}`, {
      headers: { Authorization: `Bearer demo-la-${code}` },
    });
    const body = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const reader: Reader = {
      status: response.status,
      until: async (found) => {
        while (!found.test(text)) {
          const { value, done } = await body.read();
          if (done) break;
          text += value;
        }
        return text;
      },
      leave: () => body.cancel(),
    };
    readers.add(reader);
    return reader;
  };
  const many = async (count: number, code = islington) => {
    const all = await Promise.all(Array.from({ length: count }, () => open(code)));
    await Promise.all(all.map(({ until }) => until(/connected/)));
    return all;
  };
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const looks = () => statements.filter((sql) => sql.includes('from notification'));

  it('ask the database nothing while nothing happens', async () => {
    await many(MOST_STREAMS);
    await pause(200);
    statements.length = 0;
    await pause(2_500);
    expect(statements).to.deep.equal([]);
  });

  it('share one look at what has happened, and each of them delivers it', async () => {
    const all = await many(MOST_STREAMS);
    const others = await many(MOST_STREAMS, hackney);
    await pause(200);
    statements.length = 0;
    await t.openPatient(register, oliver);
    for (const { until } of all) expect(await until(/\n\n.*\n\n/s)).to.contain('\nid: 1\n\n');
    expect(looks()).to.have.lengthOf(1);
    expect(statements.filter((sql) => sql.includes('insert into audit'))).to.have.lengthOf(1);
    await Promise.all(others.map(({ leave }) => leave()));
  });

  it('deliver everything, in order and once, however fast it happens', async () => {
    const all = await many(10);
    for (let turn = 0; turn < 20; turn += 1)
      await Promise.all([t.openPatient(register, oliver), t.openPatient(register, oliver, { token: 'demo-111' })]);
    const ids = Array.from({ length: 40 }, (_, index) => index + 1);
    for (const { until } of all) {
      const text = await until(/\nid: 40\n/);
      expect([...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))).to.deep.equal(ids);
    }
  });

  it('are as many as an authority has desks, and one that leaves makes room; another authority’s do not count', async () => {
    const all = await many(MOST_STREAMS);
    const refused = await open();
    expect([refused.status, await refused.until(/}/)]).to.deep.equal([
      429,
      `{"title":"Too many","status":429,"detail":"An authority has at most ${MOST_STREAMS} streams. Close one."}`,
    ]);
    expect((await open(hackney)).status).to.equal(200);
    await all[0]!.leave();
    expect((await open()).status).to.equal(200);
  });

  it('leave nothing behind, however many are dropped, or asked for with HEAD', async () => {
    for (let turn = 0; turn < 3 * MOST_STREAMS; turn += 1) {
      const address = `/local-authorities/${islington}/notifications/stream`;
      const headers = { Authorization: `Bearer demo-la-${islington}` };
      const head = await register.app.request(address, { method: 'HEAD', headers });
      expect([head.status, head.headers.get('Allow')]).to.deep.equal([405, 'GET']);
      await (await open()).leave();
    }
    const last = await open();
    await last.until(/connected/);
    await pause(200);
    statements.length = 0;
    await t.openPatient(register, oliver);
    await last.until(/\nid: 1\n/);
    expect(looks()).to.have.lengthOf(1);
  });

  it('that meet a fault report only its kind, to the log and to nobody else', async () => {
    const logged: unknown[] = [];
    const { error } = console;
    console.error = (...words: unknown[]) => logged.push(...words);
    const constraint = `constraint refuse_all check (actor <> '${islington}') not valid`;
    try {
      const all = await many(20);
      await t.database.query(`alter table audit add ${constraint}`);
      await t.openPatient(register, oliver);
      for (const { until } of all) expect(await until(/never/)).to.equal(': connected\n\n');
      expect(logged.join()).to.match(/^Register fault: \w+$/);
      expect((await open()).status).to.equal(200);
    } finally {
      await t.database.query('alter table audit drop constraint if exists refuse_all');
      console.error = error;
    }
  });
});
