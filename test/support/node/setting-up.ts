/** What can be closed. */
interface Closes {
  close(): unknown;
}

/**
 * Keeps what a set-up has made, from the moment it exists until the tests are over, and returns it. `takeDown` says how
 * to close it if it has no `close`.
 */
export interface Keep {
  <Made extends Closes>(made: Made | Promise<Made>): Promise<Made>;
  <Made>(made: Made | Promise<Made>, takeDown: (made: Made) => unknown): Promise<Made>;
}

type Make = (keep: Keep) => unknown;

/**
 * Sets up before a group's tests and takes down after them, newest first. If a set-up fails half-way, what it had made
 * is taken down, and the error is reported once. A hook never takes down what was not set up.
 */
export const setUp = (make: Make): void => arrange(before, after, make);

/** The same before and after each test. */
export const setUpEach = (make: Make): void => arrange(beforeEach, afterEach, make);

function arrange(open: Mocha.HookFunction, close: Mocha.HookFunction, make: Make): void {
  let kept = new Kept();
  open('set up', async () => {
    kept = new Kept();
    await make(kept.keep);
  });
  close('take down', () => kept.takeDown());
}

/** What was kept, and how it is taken down. It does not depend on mocha. */
export class Kept {
  readonly #endings: (() => unknown)[] = [];
  #isOver = false;

  readonly keep: Keep = async <Made>(
    making: Made | Promise<Made>,
    takeDown: (made: Made) => unknown = (made) => (made as Closes).close(),
  ): Promise<Made> => {
    const made = await making;
    if (this.#isOver) {
      // The set-up took longer than allowed, so nobody is left to take this down.
      await takeDown(made);
      throw new Error('The set-up is over');
    }
    this.#endings.push(() => takeDown(made));
    return made;
  };

  /** Takes everything down, even when a part will not close, and then says so. */
  async takeDown(): Promise<void> {
    this.#isOver = true;
    const faults: unknown[] = [];
    for (let end = this.#endings.pop(); end !== undefined; end = this.#endings.pop())
      try {
        await end();
      } catch (fault) {
        faults.push(fault);
      }
    if (faults.length > 0) throw faults[0];
  }
}
