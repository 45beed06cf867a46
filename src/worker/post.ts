import type { News } from '../contract/register-service.js';

/** News that its asker has not asked for yet, and askers for whom none has come yet. */
export class Post {
  readonly #news = new Map<string, readonly News[]>();
  readonly #waiting = new Map<string, (news: readonly News[]) => void>();

  put(asker: string, news: News): void {
    this.#news.set(asker, [...(this.#news.get(asker) ?? []), news]);
    this.#waiting.get(asker)?.(this.#take(asker));
  }

  /** Everything that has come for an asker, as soon as something has. */
  collect(asker: string): Promise<readonly News[]> {
    if (this.#news.has(asker)) return Promise.resolve(this.#take(asker));
    return new Promise((resolve) => this.#waiting.set(asker, resolve));
  }

  /** The asker is gone: what has come is thrown away, and nothing more comes. */
  close(asker: string): void {
    this.#waiting.get(asker)?.(this.#take(asker));
  }

  #take(asker: string): readonly News[] {
    const news = this.#news.get(asker) ?? [];
    this.#news.delete(asker);
    this.#waiting.delete(asker);
    return news;
  }
}
