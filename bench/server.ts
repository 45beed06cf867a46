// One small server, in a process of its own, for the pages, the contenders' files and the register. It has one origin,
// answers at once from memory, and allows no caching. It prints its address, and ends when its standard input ends.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { assetsOf, contenders, isTag, type Asset, type Contender } from './build.js';
import { answer, patient, patients } from './payloads.js';

const began = Date.now();
const never = { 'Cache-Control': 'no-store' };
const assets = new Map<string, Asset>(
  contenders.flatMap((contender) =>
    assetsOf(contender).map((asset) => [`/${contender}/${asset.name}`, asset] as const),
  ),
);
let fetched: { name: string; gzip: number; brotli: number; plain: number }[] = [];

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://bench');
  const asset = assets.get(url.pathname);
  if (asset !== undefined) sendAsset(asset, request, response);
  else if (url.pathname === '/fetched') {
    // What has been fetched since the last call.
    response.end(JSON.stringify(fetched));
    fetched = [];
  } else if (url.pathname.startsWith('/register/')) sendAnswer(url, response);
  else sendPage(url, response);
});
server.on('connection', (socket) => socket.setNoDelay(true));
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.stdin.resume().on('end', () => process.exit());

for (let index = 0; index < patients; index++)
  for (const resource of ['CareTeam', 'AuditEvent']) answer(resource, patient(index), { visits: 25, plans: 1 }, began);

function sendAsset(asset: Asset, request: IncomingMessage, response: ServerResponse): void {
  const { name, type, plain, gzip, brotli } = asset;
  fetched.push({ name, plain: plain.length, gzip: gzip.length, brotli: brotli.length });
  const encoding = /\bbr\b/.test(String(request.headers['accept-encoding'])) ? 'br' : 'gzip';
  response.writeHead(200, { ...never, 'Content-Type': type, 'Content-Encoding': encoding });
  response.end(encoding === 'br' ? brotli : gzip);
}

/** `/register/{visits}/{plans}/{CareTeam|AuditEvent}`. The register `held` never answers. */
function sendAnswer({ pathname, searchParams }: URL, response: ServerResponse): void {
  const [, , visits, plans, resource = ''] = pathname.split('/');
  if (visits === 'held') return;
  const nhsNumber = searchParams.get('patient:identifier')?.split('|')[1] ?? '';
  const body = answer(resource, nhsNumber, { visits: Number(visits), plans: Number(plans) }, began);
  response.writeHead(body === undefined ? 404 : 200, { ...never, 'Content-Type': 'application/fhir+json' });
  response.end(body);
}

/** `/{contender}?base=…&setting=…&numbers=…`: the same record page around every contender. */
function sendPage({ pathname, searchParams }: URL, response: ServerResponse): void {
  const contender = pathname.slice(1) as Contender;
  if (!contenders.includes(contender)) {
    response.writeHead(404).end();
    return;
  }
  const base = searchParams.get('base') ?? '';
  const setting = searchParams.get('setting') ?? '';
  const numbers = (searchParams.get('numbers') ?? '').split(',');
  response.writeHead(200, { ...never, 'Content-Type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html>
<html lang="en">
<head>
<title>Bench</title>
<style>body { font-family: Arial, sans-serif }</style>
${heads[contender]}
</head>
<body class="nhsuk-frontend-supported">
<header><h1>EXAMPLE, Child</h1><p>Born 06-Aug-2018 · 8y</p></header>
<main data-base="${base}" data-setting="${setting}" data-numbers="${numbers.join(',')}">${
    isTag(contender)
      ? numbers.map((number) => tag(base, setting, number)).join('')
      : numbers.map(() => `<div${contender === 'blank' ? ' data-banner' : ''}>CP-IS not checked</div>`).join('')
  }</main>
</body>
</html>`);
}

const tag = (base: string, setting: string, number: string): string =>
  `<cp-is-banner data-banner care-setting="${setting}" base-url="${base}" layout="panel" nhs-number-status="verified" nhs-number="${number}">CP-IS not checked</cp-is-banner>`;

const script = (contender: Contender, name: string): string =>
  `<script type="module" src="/${contender}/${name}"></script>`;

const tagHead = (contender: Contender): string => `${script(contender, 'cp-is-banner.js')}
<script type="module">
const tags = document.querySelectorAll('cp-is-banner');
globalThis.openPatient = (index, nhsNumber) => { tags[index].nhsNumber = nhsNumber; };
</script>`;

const heads: Readonly<Record<Contender, string>> = {
  ours: tagHead('ours'),
  before: tagHead('before'),
  limit: `<link rel="stylesheet" href="/limit/main.css">${script('limit', 'main.js')}`,
  usual: `<link rel="stylesheet" href="/usual/main.css">${script('usual', 'main.js')}`,
  peer: `<link rel="stylesheet" href="/peer/main.css">${script('peer', 'main.js')}`,
  blank: `<script type="module">document.querySelector('main > div').textContent = 'Checking CP-IS…';</script>`,
};
