import { Subject } from 'rxjs';

import { OpenBook } from './open-book.js';
import { RegisterLink } from './register-link.js';

/** What every banner of the page shares. */
export const page = {
  link: new RegisterLink(),
  book: new OpenBook(),
  /** The user signed out, or the page is being left or was restored: every banner lets go of what it knows. */
  letGo: new Subject<'signed-out' | 'check-again'>(),
};

/** Forgets everything known of any patient and drops everything under way, in every banner of the page. */
export function letGoOfEverything(reason: 'signed-out' | 'check-again'): void {
  page.letGo.next(reason);
  page.link.forget();
  if (reason === 'signed-out') page.book.forget();
}

let watching = false;

/** From the first banner on: a page that is left must not come back from the back-forward cache with a patient on it. */
export function watchPageLeaving(): void {
  if (watching) return;
  watching = true;
  addEventListener('pagehide', () => {
    letGoOfEverything('check-again');
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) letGoOfEverything('check-again');
  });
}
