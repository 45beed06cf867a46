/**
 * For a page that has the tag: `<script type="module" src="/cpis/session.js">`. Hears from the gateway when the session
 * has ended, however it ended, and blanks every banner in every tab. One tab holds the connection for all of them: a
 * browser allows few connections to one origin, and the tag needs them.
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
  // The patient is closed first. If one were still open, the change of user would open them again.
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
    // The next user may sign in in another tab, and that tab must be able to hear.
    released();
  });
  // A lost connection comes back by itself, but a refused one does not.
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

/**
 * Give it to the banner as `storageKey`, so that a reload of the page sends no second alert. It is gone when the
 * session ends.
 */
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

/** Blanks every tab first, and then ends the session. */
export async function signOut() {
  line?.close();
  blank();
  tabs.postMessage('ended');
  await post('sign-out');
}

// A person at work is not idle, even if they open no patient. The gateway is told at most once a minute.
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
