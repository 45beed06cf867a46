import { EventEmitter } from 'node:events';

import { RollingMinute } from '../rolling-minute.js';
import type { Failure, Lease, LoggedOut, NewRow, Row, Store } from './store.js';

const tagsOf = ({ sidTag, subTag }: NewRow): readonly string[] => (sidTag === undefined ? [subTag] : [sidTag, subTag]);

type Held = NewRow & Row & { readonly holder?: string };

/** For one instance on a developer's computer. What it holds is lost when it stops. */
export const createMemoryStore = (): Store => new MemoryStore();

class MemoryStore implements Store {
  readonly #rows = new Map<string, Held>();
  readonly #out = new Map<string, { issuedAt: number; until: number }>();
  readonly #used = new Map<string, number>();
  readonly #sent = new RollingMinute();
  readonly #ended = new EventEmitter().setMaxListeners(0);

  #end(id: string): boolean {
    const was = this.#rows.delete(id);
    if (was) this.#ended.emit('ended', id);
    return was;
  }

  #leased(id: string, version: number, holder: string): Held | undefined {
    const row = this.#rows.get(id);
    return row?.version === version && row.holder === holder ? row : undefined;
  }

  create(row: NewRow): Promise<boolean> {
    const late = tagsOf(row).some((tag) => (this.#out.get(tag)?.issuedAt ?? -1) >= row.issuedAt);
    if (!late) this.#rows.set(row.id, { ...row, version: 1, renewingUntil: 0 });
    return Promise.resolve(!late);
  }

  read(id: string): Promise<Row | undefined> {
    return Promise.resolve(this.#rows.get(id));
  }

  seen(id: string, at: number): Promise<void> {
    const row = this.#rows.get(id);
    if (row) this.#rows.set(id, { ...row, seenAt: at });
    return Promise.resolve();
  }

  lease({ id, version, holder }: Lease, now: number, until: number): Promise<boolean> {
    const row = this.#rows.get(id);
    const free = row?.version === version && row.renewingUntil <= now;
    if (free) this.#rows.set(id, { ...row, renewingUntil: until, holder });
    return Promise.resolve(free);
  }

  lengthen({ id, version, holder }: Lease, until: number): Promise<void> {
    const row = this.#leased(id, version, holder);
    if (row) this.#rows.set(id, { ...row, renewingUntil: until });
    return Promise.resolve();
  }

  renew({ id, version, holder }: Lease, sealed: string): Promise<boolean> {
    const row = this.#leased(id, version, holder);
    if (row)
      this.#rows.set(id, { ...row, sealed, version: version + 1, renewingUntil: 0, holder: '', failure: undefined });
    return Promise.resolve(row !== undefined);
  }

  release({ id, version, holder }: Lease, failure: Failure): Promise<void> {
    const row = this.#leased(id, version, holder);
    if (row) this.#rows.set(id, { ...row, renewingUntil: 0, holder: '', failure });
    return Promise.resolve();
  }

  end(id: string, lease?: Lease): Promise<boolean> {
    return Promise.resolve(
      (lease === undefined || this.#leased(id, lease.version, lease.holder) !== undefined) && this.#end(id),
    );
  }

  endAll({ tags, issuedAt }: LoggedOut, until: number): Promise<number> {
    for (const tag of tags)
      this.#out.set(tag, { issuedAt: Math.max(issuedAt, this.#out.get(tag)?.issuedAt ?? 0), until });
    const those = [...this.#rows.values()].filter(
      (row) => row.issuedAt <= issuedAt && tagsOf(row).some((tag) => tags.includes(tag)),
    );
    for (const { id } of those) this.#end(id);
    return Promise.resolve(those.length);
  }

  once(name: string, until: number): Promise<boolean> {
    const first = !this.#used.has(name);
    if (first) this.#used.set(name, until);
    return Promise.resolve(first);
  }

  take(allowed: number, now: number): Promise<number | undefined> {
    return Promise.resolve(this.#sent.take(allowed, now));
  }

  taken(now: number): Promise<number> {
    return Promise.resolve(this.#sent.count(now));
  }

  sweep(now: number, idleSince: number): Promise<void> {
    for (const { id, endsAt, seenAt } of [...this.#rows.values()])
      if (endsAt <= now || seenAt < idleSince) this.#end(id);
    for (const [tag, { until }] of this.#out) if (until <= now) this.#out.delete(tag);
    for (const [name, until] of this.#used) if (until <= now) this.#used.delete(name);
    return Promise.resolve();
  }

  onEnded(listener: (id: string) => void): void {
    this.#ended.on('ended', listener);
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
