/**
 * Sees to it that the styles stand in a shadow root, in whatever document: one that is moved into another (a pop-up, a
 * frame, a picture-in-picture window) leaves its style sheets behind. Throws where that cannot be, since what is drawn
 * without styles shows and prints what it must not.
 */
export function dress(shadow: ShadowRoot, css: string): void {
  const isDressed = (): boolean => shadow.adoptedStyleSheets.length > 0 || shadow.querySelector('style') !== null;
  if (isDressed()) return;
  const { CSSStyleSheet } = shadow.ownerDocument.defaultView as typeof globalThis;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  if (!isDressed()) throw new Error('no styles');
}
