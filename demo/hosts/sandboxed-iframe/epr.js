// @ts-check
/** The EPR's page. It tells one origin who is open, and hears from one origin what the banner says. */
import { frameOrigin } from './origins.js';

const frame = document.createElement('iframe');
frame.title = 'Child protection';
frame.width = '1000';
frame.height = '480';
// allow-same-origin: the frame keeps its own origin, which is not this page's.
frame.sandbox.add('allow-scripts', 'allow-same-origin');
frame.src = `${frameOrigin}/frame.html`;
document.getElementById('place')?.append(frame);

/** @param {import('./frame.js').Said} said */
const say = (said) => frame.contentWindow?.postMessage(said, frameOrigin);

/** @param {string} nhsNumber @param {Partial<import('./frame.js').Context>} rest */
const open = (nhsNumber, rest = {}) =>
  say({
    open: {
      nhsNumber,
      encounter: crypto.randomUUID(),
      careSetting: 'emergency-department',
      baseUrl: '/cpis/FHIR/R4',
      ...rest,
    },
  });

/** @type {Record<string, () => void>} */
const actions = {
  'open-aaliyah': () => open('9995124467'),
  'open-yusuf': () => open('9996331520'),
  scheduled: () => open('9995124467', { careSetting: 'general-practice' }),
  fail: () => open('9996331520', { baseUrl: '/faults/status-503/cpis/FHIR/R4' }),
  close: () => say('close'),
  'sign-out': () => say('sign-out'),
  'sign-in': () => say('sign-in'),
};
for (const [id, action] of Object.entries(actions)) document.getElementById(id)?.addEventListener('click', action);

/** What the banner has said, in order. A change to the visits alone is not counted. @type {string[]} */
const heard = [];
window.addEventListener('message', ({ source, origin, data }) => {
  const place = document.getElementById('heard');
  if (source !== frame.contentWindow || origin !== frameOrigin || place === null) return;
  if (heard.at(-1) !== data) heard.push(String(data));
  place.textContent = heard.join(', ');
});
