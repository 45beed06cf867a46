/** The functions that declare tests, in a page and under Node. */
export interface Tests {
  readonly describe: (title: string, tests: (this: Mocha.Suite) => void) => void;
  readonly it: (title: string, test: () => Promise<void>) => void;
}

/** Without a reason, tests are declared as usual. With one they are skipped by name, and the reason ends the name. */
export function skippingFor(reason: string | undefined): Tests {
  if (reason === undefined) return { describe, it };
  const named = (title: string): string => `${title} [skipped: ${reason}]`;
  return {
    describe: (title, tests) => void describe.skip(named(title), tests),
    it: (title, test) => void it.skip(named(title), test),
  };
}
