// Runs inside the page, the same for every contender. It waits until a banner's own text, in its shadow root or not,
// says something, and then for the frame that shows it.

export interface Probe {
  /** Milliseconds from `began`, on the page's clock, to the frame that shows each text, for each banner. */
  wait(texts: readonly (readonly string[])[], began: number): Promise<readonly (readonly number[])[]>;
  /** Opens a patient in each banner, in one task, and waits. */
  open(numbers: readonly string[], texts: readonly (readonly string[])[]): Promise<readonly (readonly number[])[]>;
  /** Runs a fixed piece of work on the main thread. Returns the milliseconds. */
  loop(): number;
  readonly longTasks: number[];
}

/** Sent to the page as it is, so it must not use anything outside itself. */
// eslint-disable-next-line max-lines-per-function -- what is sent is one function
export function installProbe(): void {
  const changed = new Set<() => void>();
  const observer = new MutationObserver(() => {
    for (const look of changed) look();
  });
  const watched = { childList: true, characterData: true, subtree: true };
  observer.observe(document, watched);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the element it is called on
  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    observer.observe(root, watched);
    return root;
  };

  /** Resolves after the next frame has been handed over. */
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          resolve(performance.now());
        };
        port2.postMessage(undefined);
      });
    });

  /** Some keep a number on one line with no-break spaces, ours with its style. */
  const textOf = (banner: Element | undefined): string =>
    ((banner?.shadowRoot ?? banner)?.textContent ?? '').replaceAll('\u00a0', ' ');

  const longTasks: number[] = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });

  const probe: Probe = {
    longTasks,
    wait: (texts, began) =>
      Promise.all(
        texts.map(
          (wanted, index) =>
            new Promise<readonly number[]>((resolve, reject) => {
              const late = setTimeout(() => {
                reject(new Error(`“${wanted[times.length] ?? ''}” is not there after 30 seconds`));
              }, 30_000);
              const times: Promise<number>[] = [];
              const look = (): void => {
                const text = textOf(document.querySelectorAll('[data-banner]')[index]);
                while (times.length < wanted.length && text.includes(wanted[times.length]!))
                  times.push(painted().then((at) => at - began));
                if (times.length < wanted.length) return;
                clearTimeout(late);
                changed.delete(look);
                resolve(Promise.all(times));
              };
              changed.add(look);
              look();
            }),
        ),
      ),
    open(numbers, texts) {
      const began = performance.now();
      const { openPatient } = globalThis as unknown as { openPatient: (banner: number, nhsNumber: string) => void };
      const waited = this.wait(texts, began);
      for (const [banner, nhsNumber] of numbers.entries()) openPatient(banner, nhsNumber);
      return waited;
    },
    loop() {
      const began = performance.now();
      let sum = 0;
      for (let round = 0; round < 5_000_000; round++) sum = (sum * 31 + round) | 0;
      return performance.now() - began + (sum === 1 ? 1 : 0);
    },
  };
  (globalThis as { probe?: Probe }).probe = probe;
}
