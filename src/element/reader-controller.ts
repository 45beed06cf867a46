import type { ReactiveControllerHost } from 'lit';

import { writeToClipboard } from './clipboard.js';
import { freshReader, type Reader } from './model.js';
import { VeilController } from './veil-controller.js';

/** How long "Copied" is shown, in milliseconds. */
const copiedFor = 3000;

/** Keeps what the reader has opened, hidden, revealed and copied, and redraws when it changes. */
export class ReaderController {
  state: Reader = freshReader;
  readonly #host: ReactiveControllerHost;
  readonly #veil: VeilController;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.#veil = new VeilController(host, () => {
      if (this.state.revealed) this.set({ revealed: false });
    });
  }

  set(change: Partial<Reader>): void {
    this.state = { ...this.state, ...change };
    this.#host.requestUpdate();
  }

  /** For another open, or when the EPR is lost: as if the reader had opened and seen nothing. */
  forget(): void {
    this.state = freshReader;
  }

  reveal(): void {
    this.set({ hidden: false, revealed: true });
    this.#veil.revealed();
  }

  close(): void {
    this.set({ detailsOpen: false, errorOpen: false, revealed: false });
  }

  async copy(text: string): Promise<void> {
    const done = await writeToClipboard(text);
    this.set({ copied: { text, done } });
    setTimeout(() => {
      if (this.state.copied?.text === text) this.set({ copied: undefined });
    }, copiedFor);
  }
}
