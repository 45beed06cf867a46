/**
 * What ends a read before its answer: its deadline, or the end of its session. A signal is made only for who asks for
 * one: it would be much of what a read costs.
 */
export class Ending {
  #controller: AbortController | undefined;
  #isOver = false;
  #stop = (): void => undefined;

  get isOver(): boolean {
    return this.#isOver;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isOver) this.#controller.abort();
    return this.#controller.signal;
  }

  /** What is stopped by the end: the one question that is under way. */
  stops(stop: () => void): void {
    this.#stop = stop;
  }

  readonly end = (): void => {
    this.#isOver = true;
    this.#controller?.abort();
    this.#stop();
  };
}
