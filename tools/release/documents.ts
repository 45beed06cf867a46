import { posix } from 'node:path';

/** One document that goes into an archive: its place here and its place there. */
export interface Document {
  readonly from: string;
  readonly to: string;
}

const link = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g;

/**
 * A document's text for an archive, without dead links. What is packed too is linked at its place in the archive. Other
 * things are linked in the repository, or only named if there is no repository.
 *
 * @param placeOf where a file or folder of the repository is in the archive, if it is packed
 * @param repository the address of the release's files, without a final slash; "" = none
 */
export function standAlone(
  text: string,
  { from, to }: Document,
  placeOf: (path: string) => string | undefined,
  repository: string,
): string {
  return text.replace(link, (whole: string, picture: string, words: string, target: string) => {
    if (/^([a-z]+:|#)/i.test(target)) return whole;
    const [address = '', hash] = target.split('#');
    const path = posix.join(posix.dirname(from), address);
    const place = placeOf(path);
    const linked = (there: string): string => `${picture}[${words}](${there}${hash === undefined ? '' : `#${hash}`})`;
    if (place !== undefined) return linked(posix.relative(posix.dirname(to), place));
    if (repository !== '') return linked(`${repository}/${path}`);
    return words.replaceAll('`', '') === path ? words : `${words} (\`${path}\` in the repository)`;
  });
}
