const banner = document.querySelector('cp-is-banner');
const on = (id, act) => document.getElementById(id).addEventListener('click', act);

// Your own id of this attendance, opaque. The same as long as it lasts: however often she is opened, it is one access.
const encounter = crypto.randomUUID();

on('sign-in', async () => {
  await fetch('/sign-in', { method: 'POST' });
  // Opaque, and always set: what one user was told must never serve another.
  banner.user = 'u-1';
});

on('open', () => {
  // In one task, so that it is one open. The number as your patient index traced it.
  banner.nhsNumber = '9995124467';
  banner.nhsNumberStatus = 'verified';
  banner.encounter = encounter;
});

on('close', () => banner.clear());

on('sign-out', async () => {
  // The patient first: with one still open, the change of user would open them again.
  banner.clear();
  banner.user = undefined;
  customElements.get('cp-is-banner').signOut();
  await fetch('/sign-out', { method: 'POST' });
});
