/** A text that left memory, and the place where it was found. */
export type Sunk = readonly [place: string, text: string];

export interface Sinks {
  /** What was written while the page lived, even if only for a moment. */
  readonly written: Sunk[];
  /** What the browser keeps now. */
  readonly stored: () => Promise<readonly Sunk[]>;
}

declare global {
  var sinks: Sinks | undefined;
}

/**
 * Watches every place, other than the screen and the network, where a text can leave a page's memory: the console,
 * uncaught errors, the tag's events, the names of locks, channels, databases and workers, and storage of each kind. For
 * a page or a worker. It uses nothing outside itself, so that it can be sent into one. Bytes are decoded in each way
 * that could show a text.
 */
export function watchSinks(): void {
  const written: Sunk[] = [];

  const textOf = (value: unknown, seen = new Set<unknown>()): string => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return String(value);
    if (seen.has(value) || seen.size > 10_000) return '';
    seen.add(value);
    if (value instanceof Error) return [value.name, value.message, value.stack, textOf(value.cause, seen)].join(' ');
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes = ArrayBuffer.isView(value)
        ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
        : new Uint8Array(value);
      return ['utf-8', 'latin1', 'utf-16le'].map((encoding) => new TextDecoder(encoding).decode(bytes)).join(' ');
    }
    if (value instanceof Date) return String(value.getTime());
    const parts: unknown[] = value instanceof Map || value instanceof Set ? [...value] : Object.entries(value);
    return parts
      .flat()
      .map((part) => textOf(part, seen))
      .join(' ');
  };

  const note = (place: string, ...values: unknown[]): void => {
    written.push([place, values.map((value) => textOf(value)).join(' ')]);
  };

  /** Notes what a method is called with, and then calls it. */
  const watch = (place: string, owner: unknown, names: readonly string[], pick = (words: unknown[]) => words): void => {
    const methods = owner as Record<string, (...words: unknown[]) => unknown>;
    for (const name of names) {
      const own = methods[name];
      if (own === undefined) continue;
      methods[name] = function (this: unknown, ...words: unknown[]) {
        note(`${place}.${name}`, ...pick(words));
        return own.apply(this, words);
      };
    }
  };
  /** Notes what a class is constructed with. */
  const watchClass = (name: 'BroadcastChannel' | 'Worker' | 'SharedWorker'): void => {
    const { [name]: Own } = globalThis as unknown as Record<string, (new (...words: unknown[]) => object) | undefined>;
    if (Own === undefined) return;
    const Noted = new Proxy(Own, {
      construct: (target, words, as) => {
        note(name, ...(words as unknown[]));
        return Reflect.construct(target, words, as) as object;
      },
    });
    Object.assign(globalThis, { [name]: Noted });
  };

  watch('console', console, ['debug', 'dir', 'error', 'group', 'info', 'log', 'table', 'time', 'trace', 'warn']);
  watch('performance', performance, ['mark', 'measure']);
  watchClass('BroadcastChannel');
  watchClass('Worker');
  watchClass('SharedWorker');
  const prototypes = globalThis as unknown as Record<string, { prototype: unknown } | undefined>;
  for (const [name, methods] of Object.entries({
    Storage: ['setItem'],
    History: ['pushState', 'replaceState'],
    LockManager: ['request'],
    IDBFactory: ['open', 'deleteDatabase'],
    IDBDatabase: ['createObjectStore'],
    IDBObjectStore: ['add', 'put', 'createIndex'],
    CacheStorage: ['open'],
    Cache: ['put', 'add'],
    Navigator: ['sendBeacon'],
  }))
    watch(name, prototypes[name]?.prototype ?? {}, methods);
  watch('dispatchEvent', EventTarget.prototype, ['dispatchEvent'], ([event]) => {
    const { type } = event as Event;
    // `cp-is-call` may name the authority: that is its purpose (public contract).
    const facts = Object.entries(event as object).filter(([name]) => type !== 'cp-is-call' || name !== 'authority');
    return type.startsWith('cp-is-') || event instanceof CustomEvent ? [type, facts] : [];
  });
  addEventListener('error', (event) => note('error', event.message, event.error));
  addEventListener('unhandledrejection', (event) => note('unhandledrejection', event.reason));

  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('IndexedDB could not be read'));
    });
  const rowsOf = async (name: string): Promise<unknown> => {
    const database = await done(indexedDB.open(name));
    const stores = [...database.objectStoreNames].map(async (store) => {
      const rows = database.transaction(store).objectStore(store);
      const values: unknown = await done(rows.getAll());
      return [store, await done(rows.getAllKeys()), values];
    });
    const all: unknown = await Promise.all(stores);
    database.close();
    return [name, all];
  };
  const kept: Readonly<Record<string, () => unknown>> = {
    address: () => [location.href, history.state as unknown, window.name, document.referrer],
    cookie: () => document.cookie,
    localStorage: () => ({ ...localStorage }),
    sessionStorage: () => ({ ...sessionStorage }),
    IndexedDB: async () => Promise.all((await indexedDB.databases()).map(({ name }) => rowsOf(name ?? ''))),
    caches: async () =>
      Promise.all(
        (await caches.keys()).map(async (name) => [
          name,
          (await (await caches.open(name)).keys()).map(({ url }) => url),
        ]),
      ),
    locks: async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return [...held, ...pending].map(({ name }) => name);
    },
  };
  const stored = async (): Promise<readonly Sunk[]> => {
    const found: Sunk[] = [];
    for (const [place, read] of Object.entries(kept))
      try {
        found.push([place, textOf(await read())]);
      } catch (error) {
        // An opaque origin may not read such a place, and a worker does not have it.
        if (!(error instanceof DOMException || error instanceof ReferenceError)) throw error;
      }
    return found;
  };
  globalThis.sinks = { written, stored };
}
