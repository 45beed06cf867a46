/**
 * Which build this is. Page, worker and tabs talk to their own build only: another may mean something else by the same
 * words. The build puts its own into this file (tools/build-id.ts).
 */
export const build = 'sources' as string;

/** The worker file's `integrity`; "" where bundlers may change the file, as in the package's modules. */
export const workerIntegrity = '' as string;
