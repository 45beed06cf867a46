/** A request's headers, one by one: of a `Request`, or of Node's own. */
export type Heads = Pick<Headers, 'get'>;

/** Node's own, looked up as `Headers` would: one that is there twice is both. `raw` is name, value, name, value. */
export const headsOf = (raw: readonly string[]): Heads => ({
  get(name) {
    const wanted = name.toLowerCase();
    let found: string | null = null;
    for (let at = 0; at < raw.length; at += 2) {
      const own = raw[at]!;
      if (own.length !== wanted.length || own.toLowerCase() !== wanted) continue;
      found = found === null ? raw[at + 1]! : `${found}${wanted === 'cookie' ? '; ' : ', '}${raw[at + 1]!}`;
    }
    return found;
  },
});
