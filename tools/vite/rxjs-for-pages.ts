import type { Plugin } from 'vite';

/** What is changed in rxjs as it is built into the tag: [file, its line, the new text]. */
const mends: readonly (readonly [file: string, line: string, instead: string])[] = [
  // Where a page has frozen Error.prototype, the assignment of `constructor` throws, and nothing is loaded
  // (ReactiveX/rxjs#6991).
  [
    'createErrorClass',
    'ctorFunc.prototype = Object.create(Error.prototype);',
    'ctorFunc.prototype = Object.create(Error.prototype, { constructor: { value: ctorFunc } });',
  ],
  ['createErrorClass', 'ctorFunc.prototype.constructor = ctorFunc;', ''],
  // Schedulers, asynchronous iterators and streams are never used. Without them a page loads 1.4 kB less.
  ['from', 'return scheduler ? scheduled(input, scheduler) : innerFrom(input);', 'return innerFrom(input);'],
  ['innerFrom', 'return fromAsyncIterable(input);', 'throw createInvalidObservableTypeError(input);'],
  ['innerFrom', 'return fromReadableStreamLike(input);', 'throw createInvalidObservableTypeError(input);'],
];

/** Patches rxjs for hosts' pages. Fails the build when a line that it patches is no longer there. */
export function rxjsForPages(): Plugin {
  const left = new Set(mends);
  return {
    name: 'rxjs-for-pages',
    transform: {
      filter: { id: /[\\/]rxjs[\\/].*\.js$/ },
      handler(code, id) {
        let mended = code;
        for (const mend of mends) {
          const [file, line, instead] = mend;
          if (!id.endsWith(`/${file}.js`) || !mended.includes(line)) continue;
          mended = mended.replace(line, instead);
          left.delete(mend);
        }
        return mended === code ? null : { code: mended, map: null };
      },
    },
    buildEnd(error) {
      if (error === undefined && left.size > 0)
        throw new Error(
          `rxjs has changed: ${[...left].map(([file, line]) => `${file}.js has no "${line}"`).join('; ')}`,
        );
    },
  };
}
