import { EventEmitter } from 'node:events';

import { RollingMinute } from '../rolling-minute.js';
import type { NewRow, Row, Store } from './store.js';

const tagsOf = ({ sidTag, subTag }: NewRow): readonly string[] => (sidTag === undefined ? [subTag] : [sidTag, subTag]);

/** For one instance, on a developer's computer: what it holds is lost when it stops. */
export function createMemoryStore(): Store {
  type Held = NewRow & Row & { readonly holder?: string };
  const rows = new Map<string, Held>();
  const out = new Map<string, { issuedAt: number; until: number }>();
  const used = new Map<string, number>();
  const sent = new RollingMinute();
  const ended = new EventEmitter().setMaxListeners(0);
  const end = (id: string): boolean => {
    const was = rows.delete(id);
    if (was) ended.emit('ended', id);
    return was;
  };
  const leased = (id: string, version: number, holder: string): Held | undefined => {
    const row = rows.get(id);
    return row?.version === version && row.holder === holder ? row : undefined;
  };
  const sync = <T>(value: T): Promise<T> => Promise.resolve(value);
  return {
    create: (row) => {
      const late = tagsOf(row).some((tag) => (out.get(tag)?.issuedAt ?? -1) >= row.issuedAt);
      if (!late) rows.set(row.id, { ...row, version: 1, renewingUntil: 0 });
      return sync(!late);
    },
    read: (id) => sync(rows.get(id)),
    seen: (id, at) => {
      const row = rows.get(id);
      if (row) rows.set(id, { ...row, seenAt: at });
      return sync(undefined);
    },
    lease: ({ id, version, holder }, now, until) => {
      const row = rows.get(id);
      const free = row?.version === version && row.renewingUntil <= now;
      if (free) rows.set(id, { ...row, renewingUntil: until, holder });
      return sync(free);
    },
    lengthen: ({ id, version, holder }, until) => {
      const row = leased(id, version, holder);
      if (row) rows.set(id, { ...row, renewingUntil: until });
      return sync(undefined);
    },
    renew: ({ id, version, holder }, sealed) => {
      const row = leased(id, version, holder);
      if (row) rows.set(id, { ...row, sealed, version: version + 1, renewingUntil: 0, holder: '', failure: undefined });
      return sync(row !== undefined);
    },
    release: ({ id, version, holder }, failure) => {
      const row = leased(id, version, holder);
      if (row) rows.set(id, { ...row, renewingUntil: 0, holder: '', failure });
      return sync(undefined);
    },
    end: (id, lease) => sync((lease === undefined || leased(id, lease.version, lease.holder) !== undefined) && end(id)),
    endAll: ({ tags, issuedAt }, until) => {
      for (const tag of tags) out.set(tag, { issuedAt: Math.max(issuedAt, out.get(tag)?.issuedAt ?? 0), until });
      const those = [...rows.values()].filter(
        (row) => row.issuedAt <= issuedAt && tagsOf(row).some((tag) => tags.includes(tag)),
      );
      for (const { id } of those) end(id);
      return sync(those.length);
    },
    once: (name, until) => {
      const first = !used.has(name);
      if (first) used.set(name, until);
      return sync(first);
    },
    take: (allowed, now) => sync(sent.take(allowed, now)),
    taken: (now) => sync(sent.count(now)),
    sweep: (now, idleSince) => {
      for (const { id, endsAt, seenAt } of [...rows.values()]) if (endsAt <= now || seenAt < idleSince) end(id);
      for (const [tag, { until }] of out) if (until <= now) out.delete(tag);
      for (const [name, until] of used) if (until <= now) used.delete(name);
      return sync(undefined);
    },
    onEnded: (listener) => void ended.on('ended', listener),
    ready: () => sync(undefined),
    close: () => sync(undefined),
  };
}
