/** A path of our own origin to return to, or `/`. Never another site, however it is written. */
export function returnPathOf(given: string | undefined, publicUrl: string): string {
  if (given === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(given) || !URL.canParse(given, publicUrl)) return '/';
  const url = new URL(given, publicUrl);
  return url.origin === publicUrl ? `${url.pathname}${url.search}${url.hash}` : '/';
}
