import { html } from 'hono/html';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';

import { people, type Person, type PersonRole } from './people.js';

/** The page on which an invented person shows their card and chooses a role. @returns false when it is another request */
export function choosing(
  request: IncomingMessage,
  response: ServerResponse,
  provider: Provider,
  chosen: (person: Person, role: PersonRole) => void,
): boolean {
  if (request.url?.startsWith('/interaction/') !== true) return false;
  const answer = async (): Promise<void> => {
    const { params } = await provider.interactionDetails(request, response);
    if (request.method !== 'POST') {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(String(await choices()));
      return;
    }
    const body: Buffer[] = [];
    for await (const part of request) body.push(part as Buffer);
    const role = new URLSearchParams(Buffer.concat(body).toString()).get('role');
    const person = people.find(({ roles }) => roles.some(({ id }) => id === role));
    if (person === undefined) {
      await provider.interactionFinished(request, response, { error: 'access_denied' });
      return;
    }
    chosen(
      person,
      person.roles.find(({ id }) => id === role)!,
    );
    const acr = typeof params['acr_values'] === 'string' ? params['acr_values'] : '';
    await provider.interactionFinished(request, response, { login: { accountId: person.uid, acr, remember: false } });
  };
  answer().catch((error: unknown) => response.writeHead(400).end(error instanceof Error ? error.message : ''));
  return true;
}

const choices = () =>
  html`<!doctype html>
    <html lang="en-GB">
      <meta charset="utf-8" />
      <title>Test CIS2</title>
      <h1>Test CIS2: who are you, and in which role?</h1>
      <p>Invented people only.</p>
      <form method="post">
        ${people.flatMap(({ name, aal, roles }) =>
          roles.map(
            ({ id, name: role, organisation, activities }) =>
              html`<p>
                <button name="role" value="${id}">
                  ${name} – ${role}, ${organisation.name} (${activities.join(', ') || 'no CP-IS activity'}, AAL${aal})
                </button>
              </p>`,
          ),
        )}
        <p><button name="role" value="">Cancel</button></p>
      </form>
    </html>`;
