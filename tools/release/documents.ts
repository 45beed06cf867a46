import { posix } from 'node:path';

/** One document that goes into an archive: where it stands here, and where there. */
export interface Document {
  readonly from: string;
  readonly to: string;
}

const link = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g;

/**
 * A document's text for an archive, in which no link is dead: what is packed too is linked where it stands there, what is
 * not is linked in the repository, or named where no repository is.
 *
 * @param placeOf where a file or folder of the repository stands in the archive, if it does
 * @param repository the address under which the release's files are read, without a slash at its end; "" = none
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
