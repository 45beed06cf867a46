const minute = 60_000;

/** The times of the requests sent in the last minute, oldest first. */
export class RollingMinute {
  #sent: number[] = [];
  /** Where the last minute begins. Shifting a long array at each read would cost more than the read. */
  #from = 0;

  /** Takes one of the allowed requests. Returns undefined when it was taken, or else how many milliseconds to wait. */
  take(allowed: number, now: number): number | undefined {
    const taken = this.count(now);
    if (taken >= allowed) return (this.#sent[this.#from + taken - allowed] ?? now) + minute - now;
    this.#sent.push(now);
    return undefined;
  }

  /** How many were taken in the last minute. */
  count(now: number): number {
    while (this.#from < this.#sent.length && this.#sent[this.#from]! <= now - minute) this.#from += 1;
    if (this.#from > this.#sent.length / 2) {
      this.#sent = this.#sent.slice(this.#from);
      this.#from = 0;
    }
    return this.#sent.length - this.#from;
  }
}
