// @ts-check
/** An EPR's own script in a page without a build. Attributes say who the patient is, properties who is signed in. */
/** @import {} from 'cp-is-banner/define.js' */
const banner = /** @type {import('cp-is-banner').CpIsBanner} */ (document.querySelector('cp-is-banner'));

banner.accessToken = async () => 'demo-ed-nurse';
const signIn = () => {
  banner.user = 'demo-ed-nurse';
};
signIn();

/** Set in one task, so that they are one open. @param {Record<string, string>} attributes */
function open(attributes) {
  const usual = {
    'care-setting': 'emergency-department',
    'base-url': '/cpis/FHIR/R4',
    'nhs-number-status': 'verified',
  };
  for (const [name, value] of Object.entries({ ...usual, ...attributes, encounter: crypto.randomUUID() }))
    banner.setAttribute(name, value);
}

/** @type {Record<string, () => void>} */
const actions = {
  'open-aaliyah': () => open({ 'nhs-number': '9995124467' }),
  'open-yusuf': () => open({ 'nhs-number': '9996331520' }),
  scheduled: () => open({ 'nhs-number': '9995124467', 'care-setting': 'general-practice' }),
  fail: () => open({ 'nhs-number': '9996331520', 'base-url': '/faults/status-503/cpis/FHIR/R4' }),
  close: () => banner.clear(),
  'sign-out': () => {
    banner.clear();
    banner.user = undefined;
    /** @type {typeof import('cp-is-banner').CpIsBanner} */ (banner.constructor).signOut();
  },
  'sign-in': signIn,
};
for (const [id, action] of Object.entries(actions)) document.getElementById(id)?.addEventListener('click', action);

/** What the banner has said, in order. A change to the visits alone is not counted. @type {string[]} */
const heard = [];
banner.addEventListener('cp-is-change', ({ status, reason }) => {
  const said = [status, reason].join(' ').trim();
  if (heard.at(-1) !== said) heard.push(said);
  const place = document.getElementById('heard');
  if (place !== null) place.textContent = heard.join(', ');
});
