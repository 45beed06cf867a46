import { Subject } from 'rxjs';

import { storeName } from '../domain/last-known.js';
import { OpenBook } from './open-book.js';
import { RegisterLink } from './register-link.js';

/** What every banner of a page shares. */
export interface Page {
  readonly link: Pick<RegisterLink, 'join' | 'part' | 'ask' | 'adopt'>;
  readonly book: OpenBook;
  /** The user signed out, or the page is being left or was restored: every banner drops what it knows. */
  readonly dropped: Subject<'signed-out' | 'check-again'>;
}

export const page = { link: new RegisterLink(), book: new OpenBook(), dropped: new Subject() } satisfies Page;

/** Signs out in every tab of the origin: nothing known stays on screen, in memory or in storage (safety rule 7). */
export function signOut(): void {
  dropEverything('signed-out');
  otherTabs()?.postMessage('signed-out');
}

/** Forgets everything known about any patient and drops everything under way, in every banner of the page. */
export function dropEverything(reason: 'signed-out' | 'check-again'): void {
  page.dropped.next(reason);
  page.link.forget(reason === 'signed-out');
  if (reason === 'check-again') return;
  page.book.forget();
  // Done here and now: the host may leave the page next, and the worker would go with it.
  try {
    indexedDB.deleteDatabase(storeName);
  } catch {
    // An opaque origin has no storage, so there is nothing to delete.
  }
}

let channel: BroadcastChannel | undefined;

/** The other tabs and frames of this origin; `undefined` where there can be none. */
function otherTabs(): BroadcastChannel | undefined {
  try {
    return (channel ??= new BroadcastChannel('cp-is-banner sign-out'));
  } catch {
    return undefined;
  }
}

let watching = false;

/** Called by the first banner: a page must not return from the back-forward cache with a patient on it. */
export function watchPage(): void {
  if (watching) return;
  watching = true;
  otherTabs()?.addEventListener('message', ({ data }) => {
    if (data === 'signed-out') dropEverything('signed-out');
  });
  addEventListener('pagehide', () => {
    dropEverything('check-again');
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) dropEverything('check-again');
  });
}
