import { CorruptFile, type ReadFile } from './file.js';
import { readCsv } from './read-csv.js';
import { readJson } from './read-json.js';

/**
 * Reads a file by its media type, `application/json` or `text/csv`, in UTF-8.
 * @throws CorruptFile
 */
export const readFile = async (mediaType: 'json' | 'csv', bytes: ArrayBuffer): Promise<ReadFile> => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CorruptFile('The file is not in UTF-8. Save it as UTF-8 and send it again.');
  }
  return mediaType === 'json' ? readJson(text) : readCsv(text);
};
