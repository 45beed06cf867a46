import pg from 'pg';

import { createListener, type Listener } from './postgres-listener.js';
import type { Failure, Lease, LoggedOut, NewRow, Row, Store } from './store.js';

const schema = `
  select pg_advisory_xact_lock(76231);
  create table if not exists cpis_session (
    id text primary key, version int not null default 1, sealed text not null, sid_tag text, sub_tag text not null,
    issued_at bigint not null, seen_at bigint not null, ends_at bigint not null,
    renewing_until bigint not null default 0, holder text not null default '', failure jsonb);
  create index if not exists cpis_session_sid on cpis_session (sid_tag);
  create index if not exists cpis_session_sub on cpis_session (sub_tag);
  create table if not exists cpis_out (tag text primary key, issued_at bigint not null, until bigint not null);
  create table if not exists cpis_once (name text primary key, until bigint not null);
  create table if not exists cpis_sent (second bigint primary key, count int not null);`;

/** The columns as a Row. Without the casts, PostgreSQL's bigint would arrive as text. */
const columns = `id, version, sealed, seen_at::float8 as "seenAt", ends_at::float8 as "endsAt",
  renewing_until::float8 as "renewingUntil", failure`;

/** For several instances that share one PostgreSQL. It makes its own tables. */
export async function createPostgresStore(connectionString: string, report: (event: string) => void): Promise<Store> {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 2000,
    statement_timeout: 3000,
    query_timeout: 4000,
  });
  // A connection that drops while idle is replaced at the next query.
  pool.on('error', () => report('store-connection-lost'));
  const ended = createListener(connectionString, 'cpis_ended', report);
  await pool.query(schema).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  await ended.start();
  return new PostgresStore(pool, ended);
}

class PostgresStore implements Store {
  readonly #pool: pg.Pool;
  readonly #ended: Listener;

  constructor(pool: pg.Pool, ended: Listener) {
    this.#pool = pool;
    this.#ended = ended;
  }

  async #changed(name: string, text: string, values: readonly unknown[]): Promise<number> {
    return (await this.#pool.query({ name, text, values: [...values] })).rowCount ?? 0;
  }

  /** Each deletion is announced by the statement that makes it. */
  #end(name: string, where: string, values: readonly unknown[]): Promise<number> {
    return this.#changed(
      name,
      `with gone as (delete from cpis_session where ${where} returning id)
       select pg_notify('cpis_ended', id) from gone`,
      values,
    );
  }

  async create({ id, sealed, sidTag, subTag, issuedAt, seenAt, endsAt }: NewRow): Promise<boolean> {
    await this.#changed(
      'create',
      `insert into cpis_session (id, sealed, sid_tag, sub_tag, issued_at, seen_at, ends_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, sealed, sidTag ?? null, subTag, issuedAt, seenAt, endsAt],
    );
    // Checked after the insertion: a logout marks first and deletes afterwards, so one of the two sees the other.
    const late = await this.#changed('late', 'select 1 from cpis_out where tag in ($1, $2) and issued_at >= $3', [
      sidTag ?? '',
      subTag,
      issuedAt,
    ]);
    if (late > 0) await this.#end('end', 'id = $1', [id]);
    return late === 0;
  }

  async read(id: string): Promise<Row | undefined> {
    const text = `select ${columns} from cpis_session where id = $1`;
    return (await this.#pool.query<Row>({ name: 'read', text, values: [id] })).rows[0];
  }

  async seen(id: string, at: number): Promise<void> {
    await this.#changed('seen', 'update cpis_session set seen_at = $2 where id = $1', [id, at]);
  }

  async lease({ id, version, holder }: Lease, now: number, until: number): Promise<boolean> {
    return (
      (await this.#changed(
        'lease',
        `update cpis_session set renewing_until = $5, holder = $3
         where id = $1 and version = $2 and renewing_until <= $4`,
        [id, version, holder, now, until],
      )) > 0
    );
  }

  async lengthen({ id, version, holder }: Lease, until: number): Promise<void> {
    await this.#changed(
      'lengthen',
      'update cpis_session set renewing_until = $4 where id = $1 and version = $2 and holder = $3',
      [id, version, holder, until],
    );
  }

  async renew({ id, version, holder }: Lease, sealed: string): Promise<boolean> {
    return (
      (await this.#changed(
        'renew',
        `update cpis_session set sealed = $4, version = version + 1, renewing_until = 0, holder = '', failure = null
         where id = $1 and version = $2 and holder = $3`,
        [id, version, holder, sealed],
      )) > 0
    );
  }

  async release({ id, version, holder }: Lease, failure: Failure): Promise<void> {
    await this.#changed(
      'release',
      `update cpis_session set renewing_until = 0, holder = '', failure = $4
         where id = $1 and version = $2 and holder = $3`,
      [id, version, holder, JSON.stringify(failure)],
    );
  }

  async end(id: string, lease?: Lease): Promise<boolean> {
    return (
      (lease === undefined
        ? await this.#end('end', 'id = $1', [id])
        : await this.#end('end-leased', 'id = $1 and version = $2 and holder = $3', [
            id,
            lease.version,
            lease.holder,
          ])) > 0
    );
  }

  async endAll({ tags, issuedAt }: LoggedOut, until: number): Promise<number> {
    await this.#changed(
      'out',
      `insert into cpis_out (tag, issued_at, until) select tag, $2, $3 from unnest($1::text[]) as tag
         on conflict (tag) do update set issued_at = greatest(cpis_out.issued_at, excluded.issued_at),
           until = greatest(cpis_out.until, excluded.until)`,
      [tags, issuedAt, until],
    );
    return this.#end('end-all', '(sid_tag = any($1) or sub_tag = any($1)) and issued_at <= $2', [tags, issuedAt]);
  }

  async once(name: string, until: number): Promise<boolean> {
    return (
      (await this.#changed('once', 'insert into cpis_once values ($1, $2) on conflict do nothing', [name, until])) > 0
    );
  }

  async take(allowed: number, now: number): Promise<number | undefined> {
    const second = Math.floor(now / 1000);
    // The lock is its own statement, so that the count after it sees what was sent before. Only whole numbers may be
    // put into this text.
    const each = await this.#pool.query(
      `select pg_advisory_xact_lock(76232);
         insert into cpis_sent select ${Math.floor(second)}, 1
         where (select coalesce(sum(count), 0) from cpis_sent where second >= ${second - 60}) < ${Math.floor(allowed)}
         on conflict (second) do update set count = cpis_sent.count + 1`,
    );
    const [, inserted] = each as unknown as [unknown, pg.QueryResult];
    if (inserted.rowCount === 1) return undefined;
    const text = `select second::float8 as second, count from cpis_sent where second >= $1 order by second desc`;
    const { rows } = await this.#pool.query<{ second: number; count: number }>(text, [second - 60]);
    // The newest `allowed` keep their place. The one before them must leave the minute.
    let counted = 0;
    const waitsFor = rows.find(({ count }) => (counted += count) >= allowed);
    return ((waitsFor?.second ?? second) + 61) * 1000 - now;
  }

  async taken(now: number): Promise<number> {
    const text = `select coalesce(sum(count), 0)::int as count from cpis_sent where second >= $1`;
    return (await this.#pool.query<{ count: number }>(text, [Math.floor(now / 1000) - 60])).rows[0]?.count ?? 0;
  }

  async sweep(now: number, idleSince: number): Promise<void> {
    await this.#end('end-old', 'ends_at <= $1 or seen_at < $2', [now, idleSince]);
    for (const table of ['cpis_out', 'cpis_once'])
      await this.#pool.query(`delete from ${table} where until <= $1`, [now]);
    await this.#pool.query('delete from cpis_sent where second < $1', [Math.floor(now / 1000) - 120]);
  }

  onEnded(listener: (id: string) => void): void {
    this.#ended.hear(listener);
  }

  async ready(): Promise<void> {
    await this.#pool.query('select 1');
  }

  async close(): Promise<void> {
    await this.#ended.stop();
    await this.#pool.end();
  }
}
