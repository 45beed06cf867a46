import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { is, type GenericSchema } from 'valibot';

import * as answers from '../../demo/register/answers.js';
import { islington, oliver, upload } from './authority-support.js';
import * as t from './support.js';

describe('The register’s OpenAPI', () => {
  it('names existing addresses, each of which is in docs/register.md too', async () => {
    const { app } = await t.freshRegister();
    const { paths } = (await (await app.request('/openapi.json')).json()) as {
      paths: Record<string, Record<string, object>>;
    };
    const docs = await readFile(new URL('../../docs/register.md', import.meta.url), 'utf8');
    for (const [path, methods] of Object.entries(paths)) {
      const inDocs = path.replace('/cpis/FHIR/R4', '').replace(/^\/local-authorities\/\{code\}\/(?!uploads)/, '…/');
      for (const method of Object.keys(methods)) {
        expect(docs, path).to.match(new RegExp(`\`${method.toUpperCase()} ${inDocs.replace(/[{}.?]/g, '\\$&')}[\`?]`));
        if (path === '/sandbox/reset') continue;
        const address = path.replace('{code}', 'E09000019').replace('{id}', crypto.randomUUID());
        const { status } = await app.request(address, { method: method.toUpperCase() });
        expect(status, `${method} ${path}`).to.be.oneOf([200, 400, 401, 415]);
      }
    }
  });

  it('names each operation once, after its address', async () => {
    const { app } = await t.freshRegister();
    const { paths, servers } = (await (await app.request('/openapi.json')).json()) as Document;
    const names = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(names).to.include.members(['getCareTeam', 'postUploads', 'deleteOneToCorrect', 'getOneChildren']);
    expect(new Set(names).size).to.equal(names.length);
    expect(servers).to.deep.equal([{ url: '/' }]);
  });

  it('describes a refusal correctly', async () => {
    const { app } = await t.freshRegister();
    const { paths } = (await (await app.request('/openapi.json')).json()) as Document;
    const refused = Object.entries(paths).filter(([path, { get }]) => !path.includes('{') && get?.responses[401]);
    expect(refused).not.to.be.empty;
    for (const [path, { get }] of refused) {
      const { status, headers } = await app.request(path);
      expect(status, path).to.equal(401);
      const [type = ''] = Object.keys(get!.responses[401]!.content);
      expect(headers.get('Content-Type'), path).to.contain(type);
    }
  });

  it('names every status that is answered, whoever asks and whatever is sent', async () => {
    const { app } = await t.freshRegister();
    const { paths } = (await (await app.request('/openapi.json')).json()) as Document;
    const users = ['', 'nobody', 'demo-ed-nurse', 'demo-la-E09000012', `demo-la-${islington}`];
    const sent = [
      ['', ''],
      ['application/json', '{}'],
      ['application/json', '{'],
      ['text/plain', 'x'],
      ['text/csv', 'x'],
    ];
    for (const [path, methods] of Object.entries(paths))
      for (const [method, { responses }] of Object.entries(methods))
        for (const user of users)
          for (const [type = '', body = ''] of method === 'get' ? sent.slice(0, 1) : sent) {
            const address = path.replace('{code}', islington).replace('{id}', crypto.randomUUID());
            const headers = { ...(user && { Authorization: `Bearer ${user}` }), ...(type && { 'Content-Type': type }) };
            const answer = await app.request(address, { method: method.toUpperCase(), headers, ...(body && { body }) });
            await answer.body?.cancel();
            const declared = responses[answer.status];
            expect(declared, `${method} ${path} ${user} ${body}: ${answer.status}`).not.to.equal(undefined);
            const said = answer.headers.get('Content-Type')?.split(';')[0];
            if (answer.status >= 400) expect(Object.keys(declared!.content), `${method} ${path}`).to.include(said);
          }
  });

  it('describes the body of a success exactly', async () => {
    const register = await t.freshRegister();
    const taken = await upload(register, [oliver, { ...oliver, familyName: 'NOBODY' }]);
    expect(is(answers.uploadResult, taken.body)).to.equal(true);
    const ask = async (path: string, token = `demo-la-${islington}`): Promise<unknown> =>
      (await register.app.request(path, { headers: { Authorization: `Bearer ${token}` } })).json();
    const seen = await register.app.request(t.careTeamPath(oliver.nhsNumber), { headers: t.headersOf() });
    expect(seen.status).to.equal(200);
    const home = `/local-authorities/${islington}`;
    const [first] = (await ask(`${home}/children`)) as { id: string }[];
    const told: readonly [path: string, shape: GenericSchema, hasSomething: RegExp][] = [
      ['/local-authorities', answers.authorities, /Islington/],
      [`${home}/to-correct`, answers.toCorrect, /NOBODY/],
      [`${home}/children`, answers.children, /BENNETT/],
      [`${home}/children/${first!.id}`, answers.child, /"viewer"/],
      [`${home}/notifications`, answers.notifications, /access-to-service/],
      ['/demographics', answers.people, /familyName/],
      ['/health', answers.health, /ok/],
    ];
    for (const [path, shape, hasSomething] of told) {
      const said = await ask(path);
      expect(JSON.stringify(said), path).to.match(hasSomething);
      expect(is(shape, said), path).to.equal(true);
    }
  });

  it('describes what each JSON body needs: without it the answer is 400, and names it', async () => {
    const { app } = await t.freshRegister();
    const { paths } = (await (await app.request('/openapi.json')).json()) as Document;
    const bodies = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { requestBody, security }]) =>
        requestBody === undefined ? [] : [{ path, method, security, ...requestBody }],
      ),
    );
    expect(bodies).to.have.lengthOf(8);
    for (const { path, method, required, content, security = [] } of bodies) {
      const { schema } = content['application/json'];
      expect(Object.keys(schema.properties), path).not.to.be.empty;
      expect(schema.required.length > 0, path).to.equal(required);
      const token = security.some((one) => 'user' in one) ? 'demo-ed-nurse' : `demo-la-${islington}`;
      const answer = await app.request(path.replace('{code}', islington).replace('{id}', crypto.randomUUID()), {
        method: method.toUpperCase(),
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: '{}',
      });
      if (!required) continue;
      expect(answer.status, path).to.equal(400);
      expect(await answer.text(), path).to.contain(schema.required[0]);
    }
  });
});

interface Document {
  readonly servers: readonly object[];
  readonly paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Record<number, { readonly content: object }>;
  readonly security?: readonly object[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: { readonly 'application/json': { readonly schema: Schema } };
  };
}

interface Schema {
  readonly properties: object;
  readonly required: readonly string[];
}
