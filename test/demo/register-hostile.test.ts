import { serve, type ServerType } from '@hono/node-server';
import { expect } from 'chai';
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { UploadResult } from '../../demo/shared/register-api.js';
import type { Register } from '../../demo/register/index.js';
import { islington } from './authority-support.js';
import * as la from './authority-support.js';
import * as t from './support.js';
import { setUp } from '../support/node/setting-up.js';

const header = 'nhsNumber,familyName,givenName,birthDate,gender,type,start,end';
const row = '9996878082,Bennett,Oliver,2017-03-02,male,CPP,2026-10-01,';
const megabyte = 1024 * 1024;

describe('A CSV file', () => {
  let register: Register;
  beforeEach(async () => {
    register = await t.freshRegister();
  });

  const good: [what: string, csv: string][] = [
    ['with LF', `${header}\n${row}\n`],
    ['with CRLF', `${header}\r\n${row}\r\n`],
    ['with CR', `${header}\r${row}\r`],
    ['with mixed line ends', `${header}\r\n${row}\n\r\n`],
    ['without a last line end', `${header}\n${row}`],
    ['with a byte order mark', `\ufeff${header}\r\n${row}\r\n`],
    ['with quotes', `${header}\n${row.replace('Bennett', '"Bennett"')}`],
    ['with every field in quotes', `${header}\n${row.replace(/[^,]+/g, '"$&"')}`],
    [
      'with columns in another order and capitals',
      `TYPE,START,END,GENDER,BIRTHDATE,GIVENNAME,FAMILYNAME,NHSNUMBER\nCPP,2026-10-01,,male,2017-03-02,Oliver,Bennett,9996878082`,
    ],
    [
      'that names the authority',
      `${header},localAuthorityName,officeHoursPhone,emergencyDutyPhone\n${row},Islington,,020 7946 0123`,
    ],
    ['with blank lines', `${header}\n\n${row}\n\n\n`],
  ];
  for (const [what, csv] of good) {
    it(`${what} is taken`, async () => {
      expect(la.codesOf(await la.uploadCsv(register, csv))).to.deep.equal(['CPF02', 'CPR06']);
    });
  }

  const corrupt: [what: string, csv: string][] = [
    ['empty', ''],
    ['of a byte order mark', '\ufeff'],
    ['without a header', row],
    ['without a column', `${header.replace(',end', '')}\n${row}`],
    ['with a column too many', `${header},note\n${row},x`],
    ['with a column twice', `${header},end\n${row},`],
    ['whose quote never closes', `${header}\n"9996878082,Bennett\n${row}`],
    ['with a quote inside a field', `${header}\n99"96878082,Bennett,Oliver,2017-03-02,male,CPP,2026-10-01,`],
    ['with semicolons', `${header}\n${row}`.replaceAll(',', ';')],
    ['with text after a quote', `${header}\n"9996878082"x,Bennett,Oliver,2017-03-02,male,CPP,2026-10-01,`],
    ['with an authority without a duty number', `${header},localAuthorityName\n${row},Islington`],
    ['that is a spreadsheet', 'PK\u0003\u0004\u0014\u0000'],
  ];
  for (const [what, csv] of corrupt) {
    it(`${what} is CPF01, and nothing is stored`, async () => {
      const before = await la.everythingStored();
      const { status, body } = await la.uploadCsv(register, csv);
      expect([status, body.file]).to.deep.equal([400, 'CPF01']);
      expect(body.message).not.to.match(/\d{10}|Bennett/);
      expect(await la.everythingStored()).to.deep.equal(before);
    });
  }

  it('with a line too short or too long spoils only that line', async () => {
    const answer = await la.uploadCsv(register, [header, row, '9996878082,Bennett', `${row},x`, row].join('\n'));
    expect(la.codesOf(answer)).to.deep.equal(['CPF03', 'CPR06', 'CPR07', 'CPR07', 'CPR06']);
  });

  it('keeps commas, quotes, line ends and formulas in fields as text', async () => {
    const given = '=HYPERLINK(""x""), ""Oli""';
    await la.uploadCsv(register, `${header}\n9996878082,Bennett,"${given}",2017-03-02,male,CPP,2026-10-01,`);
    expect((await la.toCorrect(register))[0]?.record.givenName).to.equal('=HYPERLINK("x"), "Oli"');
  });
});

describe('SQL in every field', () => {
  const injections = [
    `'; drop table plan; --`,
    `' or '1'='1`,
    `$1`,
    `\\'; select 1`,
    `"; truncate audit; --`,
    `%00`,
    `{{7*7}}`,
    `\u2028x`,
  ];

  it('is text, kept or refused, and does nothing', async () => {
    const register = await t.freshRegister();
    const count = async () => (await t.database.query('select 1 from plan')).length;
    const before = await count();
    const fields = ['nhsNumber', 'familyName', 'givenName', 'birthDate', 'gender', 'type', 'start', 'end'];
    const values = row.split(',');
    for (const text of injections) {
      const spoilt = fields.map((_, at) => values.map((value, place) => (place === at ? text : value)));
      const json = spoilt.map(([nhsNumber, familyName, givenName, birthDate, gender, type, start, end]) => ({
        ...{ nhsNumber, familyName, givenName, birthDate, gender },
        plans: [{ type, start, end }],
      }));
      const csv = [
        header,
        ...spoilt.map((line) => line.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')),
      ].join('\n');
      for (const answer of [await la.upload(register, json), await la.uploadCsv(register, csv)]) {
        expect(answer.status).to.equal(200);
        // Gender is text that need not agree, so of the eight records the one with SQL there is accepted.
        expect(la.codesOf(answer).filter((code) => code === 'CPR06')).to.have.length.at.most(1);
      }
      for (const path of ['to-correct', 'children', 'notifications'].map(
        (door) => `${islington}/${door}/${encodeURIComponent(text)}`,
      )) {
        expect((await la.ask(register, 'GET', path)).status).to.be.oneOf([400, 404]);
      }
      for (const name of [text, undefined]) {
        const localAuthority = {
          name: name ?? 'Islington',
          emergencyDutyPhone: name === undefined ? text : '020 7946 0123',
        };
        const { status } = await la.ask(register, 'POST', `${islington}/uploads`, {
          body: { localAuthority, records: [] },
        });
        expect(status).to.be.oneOf([200, 400]);
      }
    }
    expect(await count()).to.equal(before + 1);
    expect((await t.readCareTeams(register, '9995124467', { unscheduled: false })).total).to.equal(3);
  });
});

describe('Over real HTTP', () => {
  let register: Register;
  let port: number;
  setUp(async (keep) => {
    register = await t.freshRegister();
    const server = await keep(
      new Promise<ServerType>((resolve) => {
        const started = serve({ fetch: register.app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
      }),
    );
    port = (server.address() as AddressInfo).port;
  });

  /** Sends a body piece by piece for as long as the register accepts it. */
  const send = (pieces: Iterable<string | Buffer>, headers: Record<string, string> = {}, path = 'uploads') =>
    new Promise<{ status: number; sent: number; text: string }>((resolve, reject) => {
      const done = { answered: false };
      let sent = 0;
      const post = request({
        port,
        agent: false,
        method: 'POST',
        path: `/local-authorities/${islington}/${path}`,
        headers: { Authorization: `Bearer demo-la-${islington}`, 'Content-Type': 'application/json', ...headers },
      });
      post.on('response', (response) => {
        done.answered = true;
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, sent, text }));
        response.on('error', reject);
      });
      const gone = Promise.race([once(post, 'close'), once(post, 'response')]);
      // Once refused, the rest of the body meets a closed connection.
      post.on('error', (error) => done.answered || reject(error));
      void (async () => {
        for (const piece of pieces) {
          if (done.answered || post.destroyed) break;
          sent += piece.length;
          if (!post.write(piece)) await Promise.race([once(post, 'drain'), gone]).catch(() => undefined);
        }
        post.end();
      })();
    });
  const times = function* (count: number, piece: string): Generator<string> {
    for (let index = 0; index < count; index += 1) yield piece;
  };
  const stillServes = async () => {
    const asked = await fetch(`http://127.0.0.1:${port}${t.careTeamPath('9995124467')}`, {
      headers: t.headersOf({ unscheduled: false }),
    });
    expect(asked.status).to.equal(200);
    expect(((await asked.json()) as t.Bundle).total).to.equal(3);
  };

  it('takes a CSV file of 10 MB', async () => {
    const line = `9998065577,"${'Example, '.repeat(8)}",Nobody,2017-03-02,male,CPP,2026-10-01,\n`;
    const lines = Math.ceil((10 * megabyte) / line.length);
    const { status, text } = await send([`${header}\n`, ...times(lines, line)], { 'Content-Type': 'text/csv' });
    expect(status).to.equal(200);
    const body = JSON.parse(text) as UploadResult;
    expect([body.file, body.records.length]).to.deep.equal(['CPF04', lines]);
    await stillServes();
  });

  it('refuses 100 MB by its announced length, before it is read', async () => {
    const { status, sent } = await send(times(100, 'x'.repeat(megabyte)), { 'Content-Length': String(100 * megabyte) });
    expect(status).to.equal(413);
    expect(sent).to.be.below(40 * megabyte);
    await stillServes();
  });

  it('refuses 100 MB of unannounced length once it is too much', async () => {
    const flood = () => send(times(100, ' '.repeat(megabyte)), { 'Transfer-Encoding': 'chunked' });
    // A client that is still writing may lose the connection before it has read the answer. Then it tries again.
    const { status, sent } = await flood().catch(flood).catch(flood).catch(flood);
    expect(status).to.equal(413);
    expect(sent).to.be.below(60 * megabyte);
    await stillServes();
  });

  const bombs: [what: string, pieces: Iterable<string>, headers?: Record<string, string>][] = [
    ['lists in lists, 5 million deep', times(5, '['.repeat(megabyte))],
    ['objects in objects', times(100_000, '{"a":')],
    [
      'brackets deep inside a record',
      [
        `{"localAuthority":${JSON.stringify(la.details)},"records":[`,
        ...times(20, '['.repeat(1000)),
        ...times(20, ']'.repeat(1000)),
        ']}',
      ],
    ],
    [
      '2 million records',
      [`{"localAuthority":${JSON.stringify(la.details)},"records":[0`, ...times(2000, ',0'.repeat(1000)), ']}'],
    ],
    ['a million commas as CSV', times(10, ',,,,,,,\n'.repeat(100_000)), { 'Content-Type': 'text/csv' }],
    ['no UTF-8', ['\ud800'], {}],
    ['an unfinished string', ['{"records":["', ...times(10, 'x'.repeat(100_000))]],
  ];
  for (const [what, pieces, headers] of bombs) {
    it(`answers ${what} with CPF01 and stores nothing`, async () => {
      const before = await la.everythingStored();
      const { status, text } = await send(pieces, headers);
      expect([status, (JSON.parse(text) as UploadResult).file]).to.deep.equal([400, 'CPF01']);
      expect(await la.everythingStored()).to.deep.equal(before);
      await stillServes();
    });
  }

  it('answers bytes that are not UTF-8 with CPF01', async () => {
    const { status } = await send([Buffer.from([0xff, 0xfe, 0x7b, 0x00])], { 'Content-Type': 'text/csv' });
    expect(status).to.equal(400);
  });

  it('does not decompress: a compressed body or another media type is 415', async () => {
    expect((await send(['{}'], { 'Content-Encoding': 'gzip' })).status).to.equal(415);
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', '']) {
      expect((await send(['{}'], { 'Content-Type': type })).status, type).to.equal(415);
    }
  });

  it('accepts only small bodies where small ones are expected', async () => {
    expect((await send(times(2, 'x'.repeat(100_000)), {}, 'births')).status).to.equal(413);
    await stillServes();
  });
});
