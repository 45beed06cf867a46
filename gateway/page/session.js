/**
 * For a page that bears the tag: `<script type="module" src="/cpis/session.js">`. Hears from the gateway that the session
 * has ended, by whatever way out, and blanks every banner of every tab. One tab holds the line for all: a browser keeps few
 * lines to one origin, and the tag needs them.
 *
 * The page hears `cp-is-session-ended` on `document`, and should close its patient too.
 */
const base = new URL('.', import.meta.url);
const tabs = new BroadcastChannel('cp-is-session');
let line;
let released = () => undefined;
let key;

function blank() {
  key = undefined;
  // The patient first: with one still open, the change of user would open them again.
  for (const banner of document.querySelectorAll('cp-is-banner')) {
    banner.clear?.();
    banner.user = undefined;
  }
  customElements.get('cp-is-banner')?.signOut();
  document.dispatchEvent(new Event('cp-is-session-ended'));
}

tabs.onmessage = blank;

function hear() {
  line = new EventSource(new URL('session/events', base));
  line.addEventListener('ended', () => {
    line.close();
    blank();
    tabs.postMessage('ended');
    // Whoever signs in next may do so in another tab, which must be able to hear.
    released();
  });
  // Lost lines come back by themselves; one that was refused does not.
  line.onerror = () => {
    if (line.readyState === EventSource.CLOSED) setTimeout(hear, 5000);
  };
}

/** Who is signed in: `{signedIn, user, name, role, roles, may, expires}`. Give `user` to the banner. */
export async function session() {
  const answer = await fetch(new URL('session', base), { cache: 'no-store' });
  if (!answer.ok) throw new Error(`The gateway answered ${answer.status}.`);
  return answer.json();
}

async function fetchKey() {
  const answer = await fetch(new URL('session/storage-key', base), { cache: 'no-store' });
  if (!answer.ok) throw new Error(`The gateway answered ${answer.status}.`);
  return crypto.subtle.importKey('raw', await answer.arrayBuffer(), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Give it to the banner as `storageKey`: with it a page that reloads is no second alert. Gone with the session. */
export const storageKey = () =>
  (key ??= fetchKey().catch((error) => {
    key = undefined;
    throw error;
  }));

async function post(path) {
  const answer = await fetch(new URL(path, base), { method: 'POST' });
  if (!answer.ok) throw new Error(`The gateway answered ${answer.status}.`);
  const { location: next } = await answer.json();
  if (next) location.assign(next);
}

/** Goes to CIS2 to choose another role, and comes back to `path`. */
export const changeRole = (path = location.pathname) => post(`role?return=${encodeURIComponent(path)}`);

/** Blanks every tab first, then ends the session. */
export async function signOut() {
  line?.close();
  blank();
  tabs.postMessage('ended');
  await post('sign-out');
}

// A person at work is not idle, though they open no patient: said once a minute at most.
let said = 0;
for (const kind of ['pointerdown', 'keydown'])
  addEventListener(
    kind,
    () => {
      if (Date.now() - said < 60_000) return;
      said = Date.now();
      fetch(new URL('session/active', base), { method: 'POST' }).catch(() => undefined);
    },
    { capture: true, passive: true },
  );

const known = await session().catch(() => ({ signedIn: true }));
if (known.signedIn)
  void navigator.locks.request('cp-is-session', () => {
    hear();
    return new Promise((resolve) => (released = resolve));
  });
