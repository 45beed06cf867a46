/**
 * What ends a read before its answer: its deadline, or the end of its session. A signal is made only when somebody asks
 * for one, because making one is a large part of a read's cost.
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

  /** Takes what stops the request under way, to be called at the end. */
  stops(stop: () => void): void {
    this.#stop = stop;
  }

  readonly end = (): void => {
    this.#isOver = true;
    this.#controller?.abort();
    this.#stop();
  };
}
