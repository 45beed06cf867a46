/** Looks up a request's headers by name, from a `Request` or from Node's raw headers. */
export type Heads = Pick<Headers, 'get'>;

/** Looks up Node's raw headers as `Headers` would, joining repeated ones. `raw` is name, value, name, value. */
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
