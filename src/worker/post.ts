import type { News } from '../contract/register-service.js';

/** One asker's news that it has not fetched yet, or its wish for the next. */
interface Box {
  news: readonly News[];
  wanted: ((news: readonly News[]) => void) | undefined;
  /** Nothing more will come. */
  isSealed: boolean;
}

/** News on its way to those who asked: what comes before it is fetched waits here, and no longer than its asker. */
export class Post {
  readonly #boxes = new Map<string, Box>();

  /** Somebody asks: from now on there may be news. */
  open(asker: string): void {
    this.#boxes.set(asker, { news: [], wanted: undefined, isSealed: false });
  }

  /** For one who has left, or has never asked, nothing is kept. */
  put(asker: string, news: News): void {
    const box = this.#boxes.get(asker);
    if (box === undefined) return;
    box.news = [...box.news, news];
    this.#deliver(asker, box);
  }

  /** Everything that has come for an asker, as soon as something has. */
  collect(asker: string): Promise<readonly News[]> {
    return new Promise((resolve) => {
      const box = this.#boxes.get(asker);
      if (box === undefined) return;
      box.wanted = resolve;
      this.#deliver(asker, box);
    });
  }

  /** All has been said to this asker; what has come is still to be fetched. */
  seal(asker: string): void {
    const box = this.#boxes.get(asker);
    if (box === undefined) return;
    box.isSealed = true;
    if (box.news.length === 0) this.close(asker);
  }

  /** The asker is gone: what has come is thrown away, and nothing more comes. */
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
