/** An address as a URL, or `undefined` for what is none. Older browsers have no `URL.canParse` and no `URL.parse`. */
export function addressOf(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
