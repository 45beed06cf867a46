/** What every page of the authority's screen is given. */
import type { LocalAuthorityListed } from '../shared/register-api.js';
import type { Client } from './client.js';
import type { Inbox } from './inbox.js';

export interface Desk {
  authority: LocalAuthorityListed;
  client: Client;
  inbox: Inbox;
  /** Told to a screen reader when it has a moment. */
  announce: (text: string) => void;
  /** Whoever sits here, as they said; asked for once, kept while the page is open. */
  who: { name: string };
  /** The to-correct list may have changed. */
  corrected: () => void;
}

/** Draws into a fresh element, which is thrown away when another page opens. May return what to do then. */
export type Page = (outlet: HTMLElement, desk: Desk, argument: string) => (() => void) | undefined;
