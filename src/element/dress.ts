/**
 * Makes sure that a shadow root has its styles: one moved into another document (a pop-up, a frame, a
 * picture-in-picture window) leaves its style sheets behind. Throws where that is impossible, since a banner without
 * styles shows and prints what it must not.
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
