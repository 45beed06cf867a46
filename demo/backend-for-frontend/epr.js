const banner = document.querySelector('cp-is-banner');
const on = (id, act) => document.getElementById(id).addEventListener('click', act);

// Your own opaque id of this attendance. It stays the same while the attendance lasts, so that all opens are one
// access.
const encounter = crypto.randomUUID();

on('sign-in', async () => {
  await fetch('/sign-in', { method: 'POST' });
  // Opaque, and always set: what one user was told must never be shown to another.
  banner.user = 'u-1';
});

on('open', () => {
  // Set in one task, so that it is one open. The number as your patient index traced it.
  banner.nhsNumber = '9995124467';
  banner.nhsNumberStatus = 'verified';
  banner.encounter = encounter;
});

on('close', () => banner.clear());

on('sign-out', async () => {
  // The patient is closed first. If one were still open, the change of user would open them again.
  banner.clear();
  banner.user = undefined;
  customElements.get('cp-is-banner').signOut();
  await fetch('/sign-out', { method: 'POST' });
});
