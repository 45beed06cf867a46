import { expect } from 'chai';
import { createRegister, type Database, type Register } from '../../demo/register/index.js';
import { setUp } from '../support/node/setting-up.js';
import * as t from './support.js';

const held = '9995124467';
const searched = `patient:identifier=${t.nhsNumberSystem}|${held}`;
const spine = 'https://fhir.nhs.uk/CodeSystem/England-SpineErrorOrWarningCode';
const injections = [
  "' or '1'='1",
  "9995124467'; drop table access; --",
  '9995124467%27%20or%20true--',
  '$1',
  '\\0',
  '%00',
  '9995124467%00',
];

describe('The sandbox register refuses', () => {
  let register: Register;
  setUp(async (keep) => {
    register = await t.freshRegister();
    await keep(t.accessRows(register), async (untouched) => {
      expect(await t.accessRows(register), 'a refused request records nothing').to.deep.equal(untouched);
    });
  });

  const refuses = async (response: Response, status: number, code?: string) => {
    const text = await response.text();
    expect(response.status, text).to.equal(status);
    expect(response.headers.get('content-type')).to.equal('application/fhir+json');
    expect(response.headers.get('cache-control')).to.equal('no-store');
    expect(response.headers.get('date')).to.equal('Sun, 22 Nov 2026 21:42:00 GMT');
    expect(text).not.to.contain(held);
    const outcome: unknown = JSON.parse(text);
    expect(outcome).to.include({ resourceType: 'OperationOutcome' });
    expect(outcome).to.have.nested.property('issue[0].severity', 'error');
    if (code === undefined) return;
    expect(outcome).to.have.nested.property('issue[0].details.coding[0].system', spine);
    expect(outcome).to.have.nested.property('issue[0].details.coding[0].code', code);
  };
  const ask = (query: string, headers: Record<string, string> = t.headersOf()): Promise<Response[]> =>
    Promise.all(
      ['CareTeam', 'AuditEvent'].map(async (type) => register.app.request(`${t.base}/${type}?${query}`, { headers })),
    );

  describe('a search with 400 INVALID_SEARCH_DATA', () => {
    const system = t.nhsNumberSystem;
    const queries: [string, string][] = [
      ['no patient', ''],
      ['another parameter', `patient=${held}`],
      ['an empty identifier', 'patient:identifier='],
      ['a number without its system', `patient:identifier=${held}`],
      ['a bar without a system', `patient:identifier=|${held}`],
      ['a system without a bar', `patient:identifier=${system}${held}`],
      ['another system', `patient:identifier=https://fhir.nhs.uk/Id/ods-organization-code|${held}`],
      ['the system over http', `patient:identifier=http://fhir.nhs.uk/Id/nhs-number|${held}`],
      ['the system in upper case', `patient:identifier=${system.toUpperCase()}|${held}`],
      ['two identifiers', `${searched}&${searched}`],
      ['two numbers in one', `patient:identifier=${system}|${held},${held}`],
      ['a second bar', `patient:identifier=${system}|${held}|`],
      ['a failing check digit', `patient:identifier=${system}|9995124468`],
      ['a check digit of 10', `patient:identifier=${system}|9990000140`],
      ['nine digits', `patient:identifier=${system}|999512446`],
      ['eleven digits', `patient:identifier=${system}|99951244670`],
      ['spaces', `patient:identifier=${system}|999 512 4467`],
      ['a space at the end', `patient:identifier=${system}|${held}%20`],
      ['a line end', `patient:identifier=${system}|${held}%0A`],
      ['hyphens', `patient:identifier=${system}|999-512-4467`],
      ['digits of another script', `patient:identifier=${system}|٩٩٩٥١٢٤٤٦٧`],
      ['letters', `patient:identifier=${system}|abcdefghij`],
      ['a broken escape', `patient:identifier=${system}|%E0%A4%A`],
      ['ten thousand digits', `patient:identifier=${system}|${'9'.repeat(10_000)}`],
      ...injections.map((text): [string, string] => [JSON.stringify(text), `patient:identifier=${system}|${text}`]),
    ];
    for (const [what, query] of queries) {
      it(what, async () => {
        for (const response of await ask(query)) await refuses(response, 400, 'INVALID_SEARCH_DATA');
      });
    }
  });

  describe('a header with 400 PRECONDITION_FAILED', () => {
    const uuid = 'f2c9d3a4-4a1c-4b7e-8a55-0b6e5b0d7c11';
    const wrong: [string, string][] = [
      ...[
        '',
        'abc',
        `${uuid}0`,
        uuid.slice(1),
        uuid.replaceAll('-', ''),
        `{${uuid}}`,
        `${uuid}, ${uuid}`,
        `g${uuid.slice(1)}`,
      ]
        .concat("' or true --")
        .map((value): [string, string] => ['TraceID', value]),
      ...['', 'TRUE', 'False', '1', 'yes', 'true, true', 'true;', 'null', "true' --"].map((value): [string, string] => [
        'IsUnscheduledAccessEvent',
        value,
      ]),
    ];
    for (const [header, value] of wrong) {
      it(`${header}: ${value || '(empty)'}`, async () => {
        for (const response of await ask(searched, { ...t.headersOf(), [header]: value })) {
          await refuses(response, 400, 'PRECONDITION_FAILED');
        }
      });
    }

    it('no TraceID', async () => {
      const headers = t.without(t.headersOf(), 'TraceID');
      for (const response of await ask(searched, headers)) await refuses(response, 400, 'PRECONDITION_FAILED');
    });
  });

  describe('a stranger with 401', () => {
    const strangers = [
      '',
      'Bearer',
      'Bearer ',
      'demo-ed-nurse',
      'Basic demo-ed-nurse',
      'Bearer demo-ed',
      'Bearer DEMO-ED-NURSE',
    ]
      .concat(
        'Bearer demo-ed-nurse demo-gp',
        'Bearer demo-ed-nurse, Bearer demo-gp',
        'Bearer __proto__',
        'Bearer constructor',
      )
      .concat("Bearer ' or '1'='1");
    for (const Authorization of strangers) {
      it(Authorization || '(empty)', async () => {
        for (const response of await ask(searched, { ...t.headersOf(), Authorization })) {
          expect(response.headers.get('www-authenticate')).to.equal('Bearer');
          await refuses(response, 401);
        }
      });
    }

    it('no Authorization', async () => {
      const headers = t.without(t.headersOf(), 'Authorization');
      for (const response of await ask(searched, headers)) await refuses(response, 401);
    });
  });

  describe('a role that may not with 403 ACCESS_DENIED', () => {
    for (const [token, stated] of [
      ['demo-no-access', 'true'],
      ['demo-no-access', 'false'],
      ['demo-gp', 'true'],
      ['demo-gp', undefined],
      ['demo-school-nurse', 'true'],
    ] as const) {
      it(`${token}, IsUnscheduledAccessEvent ${stated ?? 'left out'}`, async () => {
        const rest = t.without(t.headersOf({ token }), 'IsUnscheduledAccessEvent');
        const headers = { ...rest, ...(stated && { IsUnscheduledAccessEvent: stated }) };
        for (const response of await ask(searched, headers)) await refuses(response, 403, 'ACCESS_DENIED');
      });
    }
  });

  describe('in this order: who asks, whether they may, how, about whom', () => {
    const nonsense = { TraceID: 'x', IsUnscheduledAccessEvent: 'x' };
    const orders: [string, Record<string, string>, number, string?][] = [
      ['everything wrong', { Authorization: 'x', ...nonsense }, 401],
      ['a role without access', { Authorization: 'Bearer demo-no-access', ...nonsense }, 403, 'ACCESS_DENIED'],
      ['a silent role and nothing stated', { Authorization: 'Bearer demo-gp' }, 403, 'ACCESS_DENIED'],
      [
        'a silent role and nonsense stated',
        { Authorization: 'Bearer demo-gp', ...nonsense },
        400,
        'PRECONDITION_FAILED',
      ],
      ['headers and number wrong', { Authorization: 'Bearer demo-ed-nurse', ...nonsense }, 400, 'PRECONDITION_FAILED'],
      ['only the number wrong', t.headersOf(), 400, 'INVALID_SEARCH_DATA'],
    ];
    for (const [what, headers, status, code] of orders) {
      it(`${what}: ${status}`, async () => {
        for (const response of await ask('patient:identifier=abc', headers)) await refuses(response, status, code);
      });
    }
  });

  it('every method but GET with 405: a HEAD would record an access that shows nothing', async () => {
    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const response = await register.app.request(t.careTeamPath(held), { method, headers: t.headersOf() });
      expect([response.status, response.headers.get('allow')], method).to.deep.equal([405, 'GET']);
    }
  });

  it('other addresses with 404', async () => {
    for (const path of [
      '/',
      '/nowhere',
      t.base,
      `${t.base}/Patient/${held}`,
      `${t.base}/CareTeam/${held}`,
      `/x${t.base}/CareTeam`,
    ]) {
      await refuses(await register.app.request(path, { headers: t.headersOf() }), 404);
    }
  });
});

describe('A fault of the database', () => {
  it('is a 500 that tells nothing of the request, in the answer or the log', async () => {
    const failing: Database = {
      query: (sql) =>
        sql.includes('practitioner limit')
          ? Promise.resolve([{} as never])
          : Promise.reject(new Error(`duplicate (${held})`)),
      transaction: () => Promise.reject(new Error('down')),
      listen: () => () => undefined,
      close: () => Promise.resolve(),
    };
    const logged: unknown[] = [];
    const { error } = console;
    console.error = (...words: unknown[]) => logged.push(...words);
    try {
      const { app } = await createRegister({ database: failing, now: () => t.sunday });
      const response = await app.request(t.careTeamPath(held), { headers: t.headersOf() });
      expect(response.status).to.equal(500);
      expect(await response.text()).not.to.contain(held);
      expect(logged.join()).to.equal('Register fault: Error');
    } finally {
      console.error = error;
    }
  });
});
