import { expect } from 'chai';
import { readFile } from 'node:fs/promises';

import * as t from './support.js';

describe('The register’s OpenAPI', () => {
  it('names addresses that are there, each in docs/register.md too', async () => {
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
});
