import { openDatabase } from './broken-storage.js';

export const newKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

/** Everything that any database of this origin holds, as text. */
export async function stored(): Promise<string> {
  let text = '';
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await openDatabase(name);
    for (const store of database.objectStoreNames) {
      const request = database.transaction(store).objectStore(store).openCursor();
      await new Promise<void>((resolve) => {
        request.onsuccess = () => {
          const cursor = request.result;
          if (cursor === null) {
            resolve();
            return;
          }
          text += `${JSON.stringify(cursor.key)} ${JSON.stringify(cursor.value, (_, value: unknown) =>
            value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder('latin1').decode(value) : value,
          )}\n`;
          cursor.continue();
        };
      });
    }
    database.close();
  }
  return text;
}
