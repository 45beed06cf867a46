import { CpIsBanner } from 'cp-is-banner';
import 'cp-is-banner/define.js';

const banner = document.querySelector('cp-is-banner')!;
banner.user = 'demo-ed-nurse';
banner.accessToken = () => Promise.resolve('demo-ed-nurse');

type Context = Partial<Pick<CpIsBanner, 'careSetting' | 'baseUrl'>>;

/** Set in one task, these are one open. */
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
  'sign-out': () => {
    banner.accessToken = () => Promise.reject(new Error('Signed out'));
    banner.user = undefined;
    CpIsBanner.signOut();
  },
};
for (const [id, action] of Object.entries(actions)) document.getElementById(id)!.addEventListener('click', action);

banner.addEventListener('cp-is-change', ({ status, reason }) => {
  document.getElementById('heard')!.textContent = [status, reason].join(' ').trim();
});
