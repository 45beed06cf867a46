/** What the console has been told: each thing once, until it is forgotten. */
export class Told {
  readonly #already = new Set<string>();

  /** @param what our own words: nothing that a peer has sent */
  warn(what: string): void {
    if (!this.#already.has(what)) console.warn(`<cp-is-banner>: ${what}.`);
    this.#already.add(what);
  }

  forget(): void {
    this.#already.clear();
  }
}
