import { changeRole, session, signOut, storageKey } from '/cpis/session.js';

const the = (id) => document.getElementById(id);
const banner = document.querySelector('cp-is-banner');

const { signedIn, user, name, role, may } = await session();
for (const id of ['work', 'change-role', 'sign-out', 'pull-card']) the(id).hidden = !signedIn;
the('sign-in').hidden = signedIn;
if (signedIn) {
  the('who').textContent = `${name}, ${role.name} at ${role.organisation}`;
  banner.user = user;
  // With the key, a reload of this page sends no second alert.
  banner.storageKey = storageKey;
  // Checked before anything is asked, because the banner itself could say only that the role was refused.
  if (!may.alert)
    the('why').textContent =
      `${role.name} at ${role.organisation} may see CP-IS in planned care only: it cannot alert, so no emergency department check is made. ` +
      'Change role, or ask a colleague.';
}

for (const button of document.querySelectorAll('[data-number]'))
  button.addEventListener('click', () => {
    banner.nhsNumber = button.dataset.number;
    banner.nhsNumberStatus = 'verified';
    // The attendance as the EPR knows it. It is the same whenever and wherever this record is opened.
    banner.encounter = button.dataset.encounter;
  });
the('close').addEventListener('click', () => banner.clear());
the('change-role').addEventListener('click', () => changeRole('/'));
the('sign-out').addEventListener('click', () => signOut());
the('pull-card').addEventListener('click', () => fetch('/pull-card', { method: 'POST' }));

document.addEventListener('cp-is-session-ended', () => {
  the('work').hidden = true;
  the('ended').hidden = false;
  the('who').textContent = 'Nobody is signed in.';
  the('sign-in').hidden = false;
  for (const id of ['change-role', 'sign-out', 'pull-card']) the(id).hidden = true;
});
