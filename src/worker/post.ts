import type { News } from '../contract/register-service.js';

/** News that one asker has not fetched yet, or its pending request for more. */
interface Box {
  news: readonly News[];
  wanted: ((news: readonly News[]) => void) | undefined;
  /** Nothing more will come. */
  isSealed: boolean;
}

/** Holds news until its asker fetches it or leaves. */
export class Post {
  readonly #boxes = new Map<string, Box>();

  /** An asker has come: there may now be news for it. */
  open(asker: string): void {
    this.#boxes.set(asker, { news: [], wanted: undefined, isSealed: false });
  }

  /** Keeps nothing for an asker that has left or never came. */
  put(asker: string, news: News): void {
    const box = this.#boxes.get(asker);
    if (box === undefined) return;
    box.news = [...box.news, news];
    this.#deliver(asker, box);
  }

  /** All the news for an asker, as soon as there is any. */
  collect(asker: string): Promise<readonly News[]> {
    return new Promise((resolve) => {
      const box = this.#boxes.get(asker);
      if (box === undefined) return;
      box.wanted = resolve;
      this.#deliver(asker, box);
    });
  }

  /** There will be no more news for this asker; it may still fetch what has come. */
  seal(asker: string): void {
    const box = this.#boxes.get(asker);
    if (box === undefined) return;
    box.isSealed = true;
    if (box.news.length === 0) this.close(asker);
  }

  /** The asker has gone: its news is thrown away, and no more is accepted. */
  close(asker: string): void {
    const box = this.#boxes.get(asker);
    this.#boxes.delete(asker);
    box?.wanted?.([]);
  }

  forget(): void {
    for (const asker of [...this.#boxes.keys()]) this.close(asker);
  }

  #deliver(asker: string, box: Box): void {
    const { wanted, news } = box;
    if (wanted === undefined || news.length === 0) return;
    box.news = [];
    box.wanted = undefined;
    wanted(news);
    if (box.isSealed) this.#boxes.delete(asker);
  }
}
