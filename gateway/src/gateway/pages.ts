import { html } from 'hono/html';

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': policy,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const style = 'body{font:1.1rem/1.5 Arial,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color:#212b32}';

/** A page of the gateway's own. No script, nothing about a child, and nothing about the user but what `text` says. */
export const page = async (status: number, title: string, text: string, again?: string): Promise<Response> => {
  const link = again === undefined ? '' : html`<p><a href="${again}">Sign in again</a></p>`;
  const body = await html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        <p>${text}</p>
        ${link}
      </body>
    </html>`;
  return new Response(body.toString(), { status, headers });
};

/**
 * Moves on to a page of our own, but not by a redirect. After a redirect that began at CIS2 the browser would not send
 * the `Strict` cookie, and the user would seem to be signed out.
 */
export const movesOn = async (to: string): Promise<Response> => {
  const body = await html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="refresh" content="0;url=${to}" />
        <title>Signed in</title>
      </head>
      <body>
        <p><a href="${to}">Go on</a></p>
      </body>
    </html>`;
  return new Response(body.toString(), { status: 200, headers });
};

export const json = (status: number, value: unknown, more: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...more },
  });
