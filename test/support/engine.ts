/** Safari's engine and WebKitGTK's: no other says so without being Chromium. */
const isWebkit = !('chrome' in globalThis) && navigator.userAgent.includes('AppleWebKit');

/** What a test may need to tell its browser, and why WebKit cannot be told. */
const untold = {
  'forced colours': 'it has none',
  'more contrast': 'it follows the system alone',
  'reduced motion': 'it follows the system alone',
  paper: 'its driver has no print view',
  'a font size': 'its driver cannot set the reader’s own',
  'a zoom': 'its driver cannot set device pixels',
} as const;

type Need = keyof typeof untold;

interface Tests {
  readonly describe: (title: string, tests: () => void) => void;
  readonly it: (title: string, test: () => Promise<void>) => void;
}

/**
 * Tests that need what not every engine can be told. Where it cannot, they are skipped by name; the reason ends the
 * name, and the run counts them by it (`skips-reporter.ts`).
 */
export function needing(need: Need | undefined): Tests {
  if (need === undefined || !isWebkit) return { describe, it };
  const named = (title: string): string => `${title} [skipped: WebKit cannot be told of ${need}: ${untold[need]}]`;
  return {
    describe: (title, tests) => void describe.skip(named(title), tests),
    it: (title, test) => void it.skip(named(title), test),
  };
}

/** WebKitGTK takes a chunked body that breaks off for a whole one. */
export const noticesBrokenBodies = !isWebkit;
