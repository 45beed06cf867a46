import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import type { Desk, ListenedTo } from './desk.js';

const folder = new URL('../../../orca/transcripts/', import.meta.url);
const isWritten = process.env['ORCA_WRITE'] !== undefined;

/**
 * What was said in one scene: a line that says what was done, then a line for each text. It is compared with the stored
 * transcript. `ORCA_WRITE=1` stores it instead, for somebody to read.
 */
export class Transcript {
  /** What was said at the last step. */
  last: readonly string[] = [];
  readonly #desk: Desk;
  readonly #file: URL;
  readonly #kept: string;
  readonly #steps: string[] = [];

  constructor(desk: Desk, which: ListenedTo, title: string) {
    this.#desk = desk;
    this.#file = new URL(`${which}/${title.replace(/,? /g, '-')}.txt`, folder);
    this.#kept = existsSync(this.#file) ? readFileSync(this.#file, 'utf8') : '';
  }

  press(key: string): Promise<readonly string[]> {
    return this.step(key, () => this.#desk.press(key));
  }

  async step(what: string, action: () => Promise<unknown>): Promise<readonly string[]> {
    this.last = await this.#desk.hear(action, this.#expected());
    this.#steps.push([`== ${what}`, ...this.last, ''].join('\n'));
    return this.last;
  }

  compare(): void {
    const said = this.#steps.join('\n');
    if (isWritten) {
      mkdirSync(new URL('.', this.#file), { recursive: true });
      writeFileSync(this.#file, said);
    } else expect(said).to.equal(this.#kept);
  }

  /** How many texts the stored transcript has for the next step. */
  #expected(): number {
    const step = isWritten ? undefined : this.#kept.split(/^== .*\n/m)[this.#steps.length + 1];
    return step?.trim().split('\n').length ?? 1;
  }
}
