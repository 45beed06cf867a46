import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';

import type { Failure, Lease, LoggedOut, NewRow, Row, Store } from './store.js';

const p = 'cpis:';
const minute = 60_000;

/** Deletes sessions and their places in their tags' sets, and announces each. */
const gone = `
  local function gone(id)
    local key = '${p}session:' .. id
    local tags = redis.call('HMGET', key, 'sidTag', 'subTag')
    if redis.call('DEL', key) == 0 then return 0 end
    for _, tag in ipairs(tags) do if tag and tag ~= '' then redis.call('SREM', '${p}tag:' .. tag, id) end end
    redis.call('PUBLISH', '${p}ended', id)
    return 1
  end`;

/** Sets `leased` to true while the lease ARGV[1..3] (id, version, holder) is held. */
const held = `
  local key = '${p}session:' .. ARGV[1]
  local was = redis.call('HMGET', key, 'version', 'holder')
  local leased = was[1] == ARGV[2] and was[2] == ARGV[3]`;

const scripts = {
  create: `
    local id, sealed, sidTag, subTag, issuedAt, seenAt, endsAt = unpack(ARGV)
    for _, tag in ipairs({sidTag, subTag}) do
      local out = redis.call('GET', '${p}out:' .. tag)
      if out and tonumber(out) >= tonumber(issuedAt) then return 0 end
    end
    local key = '${p}session:' .. id
    redis.call('HSET', key, 'version', 1, 'sealed', sealed, 'sidTag', sidTag, 'subTag', subTag, 'issuedAt', issuedAt,
      'seenAt', seenAt, 'endsAt', endsAt, 'renewingUntil', 0, 'holder', '', 'failure', '')
    redis.call('PEXPIREAT', key, endsAt)
    for _, tag in ipairs({sidTag, subTag}) do if tag ~= '' then
      redis.call('SADD', '${p}tag:' .. tag, id)
      if redis.call('PEXPIRETIME', '${p}tag:' .. tag) < tonumber(endsAt) then redis.call('PEXPIREAT', '${p}tag:' .. tag, endsAt) end
    end end
    return 1`,
  seen: `
    local key = '${p}session:' .. ARGV[1]
    if redis.call('EXISTS', key) == 1 then redis.call('HSET', key, 'seenAt', ARGV[2]) end
    return 1`,
  lease: `
    local key = '${p}session:' .. ARGV[1]
    local was = redis.call('HMGET', key, 'version', 'holder', 'renewingUntil')
    if was[1] ~= ARGV[2] then return 0 end
    if tonumber(was[3]) > tonumber(ARGV[4]) then return 0 end
    redis.call('HSET', key, 'holder', ARGV[3], 'renewingUntil', ARGV[5])
    return 1`,
  lengthen: `${held}
    if leased then redis.call('HSET', key, 'renewingUntil', ARGV[4]) end
    return 1`,
  renew: `${held}
    if not leased then return 0 end
    redis.call('HSET', key, 'sealed', ARGV[4], 'version', ARGV[2] + 1, 'renewingUntil', 0, 'holder', '', 'failure', '')
    return 1`,
  release: `${held}
    if not leased then return 0 end
    redis.call('HSET', key, 'renewingUntil', 0, 'holder', '', 'failure', ARGV[4])
    return 1`,
  end: `${gone}
    return gone(ARGV[1])`,
  endLeased: `${gone} ${held}
    if not leased then return 0 end
    return gone(ARGV[1])`,
  endAll: `${gone}
    local issuedAt, count = tonumber(ARGV[2]), 0
    for _, tag in ipairs(cjson.decode(ARGV[1])) do
      local before = tonumber(redis.call('GET', '${p}out:' .. tag) or -1)
      redis.call('SET', '${p}out:' .. tag, math.max(before, issuedAt), 'PXAT', ARGV[3])
      for _, id in ipairs(redis.call('SMEMBERS', '${p}tag:' .. tag)) do
        local since = tonumber(redis.call('HGET', '${p}session:' .. id, 'issuedAt') or -1)
        if since <= issuedAt then count = count + gone(id) end
      end
    end
    return count`,
  take: `
    local allowed, now = tonumber(ARGV[1]), tonumber(ARGV[2])
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ${minute})
    local count = redis.call('ZCARD', KEYS[1])
    if count < allowed then
      redis.call('ZADD', KEYS[1], now, ARGV[3])
      redis.call('PEXPIRE', KEYS[1], ${minute})
      return -1
    end
    local waits = redis.call('ZRANGE', KEYS[1], count - allowed, count - allowed, 'WITHSCORES')
    return math.max(1, (waits[2] and tonumber(waits[2]) or now) + ${minute} - now)`,
};

/**
 * For several instances that share one Redis or Valkey, from 7.0. Not for a cluster, where a script sees only one part
 * of the keys.
 */
export async function createRedisStore(url: string, report: (event: string) => void): Promise<Store> {
  const options = { lazyConnect: true, maxRetriesPerRequest: 1, commandTimeout: 3000, connectTimeout: 2000 };
  const redis = new Redis(url, options);
  const hearing = new Redis(url, { ...options, maxRetriesPerRequest: null });
  const store = new RedisStore(redis, hearing);
  for (const line of [redis, hearing]) line.on('error', () => report('store-connection-lost'));
  try {
    await redis.connect();
    await hearing.connect();
    hearing.on('message', (_: string, id: string) => store.hear(id));
    await hearing.subscribe(`${p}ended`);
  } catch (error) {
    redis.disconnect();
    hearing.disconnect();
    throw error;
  }
  return store;
}

class RedisStore implements Store {
  readonly #redis: Redis;
  /** A connection that listens can do nothing else. */
  readonly #hearing: Redis;
  readonly #listeners: ((id: string) => void)[] = [];

  constructor(redis: Redis, hearing: Redis) {
    this.#redis = redis;
    this.#hearing = hearing;
  }

  hear(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }

  async #run(name: keyof typeof scripts, values: readonly (string | number)[], key?: string): Promise<number> {
    const keys = key === undefined ? [] : [key];
    return Number(await this.#redis.eval(scripts[name], keys.length, ...keys, ...values));
  }

  async create({ id, sealed, sidTag, subTag, issuedAt, seenAt, endsAt }: NewRow): Promise<boolean> {
    return (await this.#run('create', [id, sealed, sidTag ?? '', subTag, issuedAt, seenAt, endsAt])) === 1;
  }

  async read(id: string): Promise<Row | undefined> {
    const found = await this.#redis.hgetall(`${p}session:${id}`);
    return found['sealed'] === undefined ? undefined : rowOf(id, found);
  }

  async seen(id: string, at: number): Promise<void> {
    await this.#run('seen', [id, at]);
  }

  async lease({ id, version, holder }: Lease, now: number, until: number): Promise<boolean> {
    return (await this.#run('lease', [id, version, holder, now, until])) === 1;
  }

  async lengthen({ id, version, holder }: Lease, until: number): Promise<void> {
    await this.#run('lengthen', [id, version, holder, until]);
  }

  async renew({ id, version, holder }: Lease, sealed: string): Promise<boolean> {
    return (await this.#run('renew', [id, version, holder, sealed])) === 1;
  }

  async release({ id, version, holder }: Lease, failure: Failure): Promise<void> {
    await this.#run('release', [id, version, holder, JSON.stringify(failure)]);
  }

  async end(id: string, lease?: Lease): Promise<boolean> {
    return (
      (lease === undefined
        ? await this.#run('end', [id])
        : await this.#run('endLeased', [id, lease.version, lease.holder])) === 1
    );
  }

  endAll({ tags, issuedAt }: LoggedOut, until: number): Promise<number> {
    return this.#run('endAll', [JSON.stringify(tags), issuedAt, until]);
  }

  async once(name: string, until: number): Promise<boolean> {
    return (await this.#redis.set(`${p}once:${name}`, 1, 'PXAT', until, 'NX')) === 'OK';
  }

  async take(allowed: number, now: number): Promise<number | undefined> {
    const waits = await this.#run('take', [allowed, now, randomUUID()], `${p}sent`);
    return waits < 0 ? undefined : waits;
  }

  taken(now: number): Promise<number> {
    return this.#redis.zcount(`${p}sent`, now - minute, '+inf');
  }

  async sweep(_: number, idleSince: number): Promise<void> {
    // Sessions that are over expire by themselves. Idle ones must be looked for.
    let cursor = '0';
    do {
      const [next, keys] = await this.#redis.scan(cursor, 'MATCH', `${p}session:*`, 'COUNT', 100);
      cursor = next;
      for (const key of keys)
        if (Number((await this.#redis.hget(key, 'seenAt')) ?? Infinity) < idleSince)
          await this.#run('end', [key.slice(`${p}session:`.length)]);
    } while (cursor !== '0');
  }

  onEnded(listener: (id: string) => void): void {
    this.#listeners.push(listener);
  }

  async ready(): Promise<void> {
    await this.#redis.ping();
  }

  async close(): Promise<void> {
    this.#hearing.disconnect();
    await this.#redis.quit();
  }
}

const rowOf = (id: string, found: Readonly<Record<string, string>>): Row => ({
  id,
  version: Number(found['version']),
  sealed: found['sealed'] ?? '',
  seenAt: Number(found['seenAt']),
  endsAt: Number(found['endsAt']),
  renewingUntil: Number(found['renewingUntil']),
  ...(found['failure'] && { failure: JSON.parse(found['failure']) as Failure }),
});
