import { addressOf } from './address.js';

/** Reads a document's own property, even where a named element (`<img name="visibilityState">`) hides it. */
export function ofDocument(document: Document, name: 'visibilityState' | 'prerendering' | 'baseURI'): unknown {
  const said: unknown = Reflect.get(document, name);
  return typeof said === 'object' ? Reflect.get(Document.prototype, name, document) : said;
}

/**
 * The base for the page's relative addresses: its base address, unless that is on another origin. An injected `<base>`,
 * or a CDN's, then sends neither token nor number elsewhere.
 */
export function pageUrl(): string {
  const base = String(ofDocument(document, 'baseURI'));
  const { href } = location;
  const origin = addressOf(base)?.origin;
  const isElsewhere = origin !== undefined && origin !== self.origin;
  // A frame without an address of its own has its parent's base.
  return isElsewhere && href.startsWith('http') ? href : base;
}
