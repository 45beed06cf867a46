/** An address as a URL, or `undefined` if it is not one. Older browsers have no `URL.canParse` or `URL.parse`. */
export function addressOf(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
