import { CpIsBanner } from 'cp-is-banner';
import 'cp-is-banner/define.js';

const banner = document.querySelector('cp-is-banner')!;
banner.accessToken = () => Promise.resolve('demo-ed-nurse');
const signIn = () => {
  banner.user = 'demo-ed-nurse';
};
signIn();

type Context = Partial<Pick<CpIsBanner, 'careSetting' | 'baseUrl'>>;

/** Set in one task, so that they are one open. */
function open(nhsNumber: string, { careSetting = 'emergency-department', baseUrl = '/cpis/FHIR/R4' }: Context = {}) {
  const encounter = crypto.randomUUID();
  Object.assign(banner, {
    nhsNumber,
    nhsNumberStatus: 'verified',
    encounter,
    careSetting,
    baseUrl,
  } satisfies Partial<CpIsBanner>);
}

const actions: Record<string, () => void> = {
  'open-aaliyah': () => open('9995124467'),
  'open-yusuf': () => open('9996331520'),
  scheduled: () => open('9995124467', { careSetting: 'general-practice' }),
  fail: () => open('9996331520', { baseUrl: '/faults/status-503/cpis/FHIR/R4' }),
  close: () => banner.clear(),
  'sign-out': () => {
    banner.clear();
    banner.user = undefined;
    CpIsBanner.signOut();
  },
  'sign-in': signIn,
};
for (const [id, action] of Object.entries(actions)) document.getElementById(id)!.addEventListener('click', action);

/** What the banner has said, in order. A change to the visits alone is not counted. */
const heard: string[] = [];
banner.addEventListener('cp-is-change', ({ status, reason }) => {
  const said = [status, reason].join(' ').trim();
  if (heard.at(-1) !== said) heard.push(said);
  document.getElementById('heard')!.textContent = heard.join(', ');
});
