/**
 * This build's id. Page, worker and tabs talk only to their own build: another may use the same words differently. The
 * build writes its id into this file (tools/vite/build-id.ts).
 */
export const build = 'sources' as string;

/** The worker file's `integrity`; "" where bundlers may change the file, as in the package's modules. */
export const workerIntegrity = '' as string;
