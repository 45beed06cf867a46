/** What every page of the authority's screen is given. */
import type { LocalAuthorityListed } from '../shared/register-api.js';
import type { Client } from './client.js';
import type { Inbox } from './inbox.js';

export interface Desk {
  authority: LocalAuthorityListed;
  client: Client;
  inbox: Inbox;
  /** Given to a screen reader when it has a moment. */
  announce: (text: string) => void;
  /** The name that the user gave. It is asked for once, and kept while the page is open. */
  who: { name: string };
  /** Call it when the to-correct list may have changed. */
  corrected: () => void;
}

/** Draws into a new element, which is thrown away when another page opens. May return what to do then. */
export type Page = (outlet: HTMLElement, desk: Desk, argument: string) => (() => void) | undefined;
