/** What can be taken down. */
interface Closes {
  close(): unknown;
}

/**
 * Keeps what a set-up has made, from the moment it is there, until the tests are over; `takeDown` says how it goes where
 * it has no `close`. Gives it back.
 */
export interface Keep {
  <Made extends Closes>(made: Made | Promise<Made>): Promise<Made>;
  <Made>(made: Made | Promise<Made>, takeDown: (made: Made) => unknown): Promise<Made>;
}

type Make = (keep: Keep) => unknown;

/**
 * Sets up before a group's tests and takes down after them, newest first, whatever had come to be: a set-up that fails
 * half-way says so, once, and leaves nothing behind. No hook takes down what was never set up.
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

/** Apart from mocha: what was kept, and its going. */
export class Kept {
  readonly #endings: (() => unknown)[] = [];
  #isOver = false;

  readonly keep: Keep = async <Made>(
    making: Made | Promise<Made>,
    takeDown: (made: Made) => unknown = (made) => (made as Closes).close(),
  ): Promise<Made> => {
    const made = await making;
    if (this.#isOver) {
      // The set-up took longer than it was given: nobody is there any more to take this down.
      await takeDown(made);
      throw new Error('The set-up is over');
    }
    this.#endings.push(() => takeDown(made));
    return made;
  };

  /** All of it, even when one will not go; then says so. */
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
