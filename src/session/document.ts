import { addressOf } from './address.js';

/** What a document says of itself, whatever a named element of its own (`<img name="visibilityState">`) says in its place. */
export function ofDocument(document: Document, name: 'visibilityState' | 'prerendering' | 'baseURI'): unknown {
  const said: unknown = Reflect.get(document, name);
  return typeof said === 'object' ? Reflect.get(Document.prototype, name, document) : said;
}

/**
 * What the page's relative addresses are relative to: its base address, unless that leads to another origin. A `<base>`
 * that somebody wrote into the page, or a CDN's, sends neither token nor number elsewhere.
 */
export function pageUrl(): string {
  const base = String(ofDocument(document, 'baseURI'));
  const { href } = location;
  const origin = addressOf(base)?.origin;
  const isElsewhere = origin !== undefined && origin !== self.origin;
  // A frame without an address of its own has its parent's base.
  return isElsewhere && href.startsWith('http') ? href : base;
}
