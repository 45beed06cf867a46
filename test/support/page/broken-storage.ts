/** Replaces a part of the browser, and returns a function that puts it back. */
export function replace(object: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { configurable: true, writable: true, value });
  return () => {
    if (before === undefined) Reflect.deleteProperty(object, name);
    else Object.defineProperty(object, name, before);
  };
}

const refusing = (name: string) => (): never => {
  throw new DOMException('not now', name);
};
const deaf: unknown = Object.create(IDBOpenDBRequest.prototype, {
  addEventListener: { value: () => undefined },
  removeEventListener: { value: () => undefined },
});

/** What can go wrong with IndexedDB from one moment on. Each returns a function that puts it right. */
export const storageFaults: readonly (readonly [what: string, begin: () => () => void])[] = [
  ['denied', () => replace(IDBFactory.prototype, 'open', refusing('SecurityError'))],
  ['missing, as in some private modes', () => replace(globalThis, 'indexedDB', undefined)],
  ['an opening that hangs', () => replace(IDBFactory.prototype, 'open', () => deaf)],
  ['a full disk', () => replace(IDBObjectStore.prototype, 'put', refusing('QuotaExceededError'))],
  ['corrupt: every transaction fails', () => replace(IDBDatabase.prototype, 'transaction', refusing('UnknownError'))],
];

/** Opens the database at another version than the tag's, or at the version it has. */
export const openDatabase = (name: string, version?: number): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(new Error('cannot open'));
    };
  });

export const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve) => {
    indexedDB.deleteDatabase(name).onsuccess = () => {
      resolve();
    };
  });
