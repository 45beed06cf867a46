import pg from 'pg';

import { createListener } from './postgres-listener.js';
import type { Row, Store } from './store.js';

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

/** The columns as a Row: PostgreSQL's bigint would come as text. */
const columns = `id, version, sealed, seen_at::float8 as "seenAt", ends_at::float8 as "endsAt",
  renewing_until::float8 as "renewingUntil", failure`;

/** For several instances on one PostgreSQL. It makes its own tables. */
export async function createPostgresStore(connectionString: string, report: (event: string) => void): Promise<Store> {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 2000,
    statement_timeout: 3000,
    query_timeout: 4000,
  });
  // A connection that dies while idle is replaced at the next query.
  pool.on('error', () => report('store-connection-lost'));
  const ended = createListener(connectionString, 'cpis_ended', report);
  const changed = async (name: string, text: string, values: readonly unknown[]): Promise<number> =>
    (await pool.query({ name, text, values: [...values] })).rowCount ?? 0;
  await pool.query(schema).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  await ended.start();

  /** Each deletion is told in the statement that makes it. */
  const end = (name: string, where: string, values: readonly unknown[]): Promise<number> =>
    changed(
      name,
      `with gone as (delete from cpis_session where ${where} returning id)
       select pg_notify('cpis_ended', id) from gone`,
      values,
    );

  return {
    create: async ({ id, sealed, sidTag, subTag, issuedAt, seenAt, endsAt }) => {
      await changed(
        'create',
        `insert into cpis_session (id, sealed, sid_tag, sub_tag, issued_at, seen_at, ends_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, sealed, sidTag ?? null, subTag, issuedAt, seenAt, endsAt],
      );
      // After the insertion: a logout marks first and deletes then, so one of the two sees the other.
      const late = await changed('late', 'select 1 from cpis_out where tag in ($1, $2) and issued_at >= $3', [
        sidTag ?? '',
        subTag,
        issuedAt,
      ]);
      if (late > 0) await end('end', 'id = $1', [id]);
      return late === 0;
    },
    read: async (id) => {
      const text = `select ${columns} from cpis_session where id = $1`;
      return (await pool.query<Row>({ name: 'read', text, values: [id] })).rows[0];
    },
    seen: async (id, at) => {
      await changed('seen', 'update cpis_session set seen_at = $2 where id = $1', [id, at]);
    },
    lease: async ({ id, version, holder }, now, until) =>
      (await changed(
        'lease',
        `update cpis_session set renewing_until = $5, holder = $3
         where id = $1 and version = $2 and renewing_until <= $4`,
        [id, version, holder, now, until],
      )) > 0,
    lengthen: async ({ id, version, holder }, until) => {
      await changed(
        'lengthen',
        'update cpis_session set renewing_until = $4 where id = $1 and version = $2 and holder = $3',
        [id, version, holder, until],
      );
    },
    renew: async ({ id, version, holder }, sealed) =>
      (await changed(
        'renew',
        `update cpis_session set sealed = $4, version = version + 1, renewing_until = 0, holder = '', failure = null
         where id = $1 and version = $2 and holder = $3`,
        [id, version, holder, sealed],
      )) > 0,
    release: async ({ id, version, holder }, failure) => {
      await changed(
        'release',
        `update cpis_session set renewing_until = 0, holder = '', failure = $4
         where id = $1 and version = $2 and holder = $3`,
        [id, version, holder, JSON.stringify(failure)],
      );
    },
    end: async (id, lease) =>
      (lease === undefined
        ? await end('end', 'id = $1', [id])
        : await end('end-leased', 'id = $1 and version = $2 and holder = $3', [id, lease.version, lease.holder])) > 0,
    endAll: async ({ tags, issuedAt }, until) => {
      await changed(
        'out',
        `insert into cpis_out (tag, issued_at, until) select tag, $2, $3 from unnest($1::text[]) as tag
         on conflict (tag) do update set issued_at = greatest(cpis_out.issued_at, excluded.issued_at),
           until = greatest(cpis_out.until, excluded.until)`,
        [tags, issuedAt, until],
      );
      return end('end-all', '(sid_tag = any($1) or sub_tag = any($1)) and issued_at <= $2', [tags, issuedAt]);
    },
    once: async (name, until) =>
      (await changed('once', 'insert into cpis_once values ($1, $2) on conflict do nothing', [name, until])) > 0,
    take: async (allowed, now) => {
      const second = Math.floor(now / 1000);
      // The lock is a statement of its own: the count that follows sees what was sent before it. Whole numbers alone.
      const each = await pool.query(
        `select pg_advisory_xact_lock(76232);
         insert into cpis_sent select ${Math.floor(second)}, 1
         where (select coalesce(sum(count), 0) from cpis_sent where second >= ${second - 60}) < ${Math.floor(allowed)}
         on conflict (second) do update set count = cpis_sent.count + 1`,
      );
      const [, inserted] = each as unknown as [unknown, pg.QueryResult];
      if (inserted.rowCount === 1) return undefined;
      const text = `select second::float8 as second, count from cpis_sent where second >= $1 order by second desc`;
      const { rows } = await pool.query<{ second: number; count: number }>(text, [second - 60]);
      // The newest `allowed` keep their place; the one before them must leave the minute.
      let counted = 0;
      const waitsFor = rows.find(({ count }) => (counted += count) >= allowed);
      return ((waitsFor?.second ?? second) + 61) * 1000 - now;
    },
    taken: async (now) => {
      const text = `select coalesce(sum(count), 0)::int as count from cpis_sent where second >= $1`;
      return (await pool.query<{ count: number }>(text, [Math.floor(now / 1000) - 60])).rows[0]?.count ?? 0;
    },
    sweep: async (now, idleSince) => {
      await end('end-old', 'ends_at <= $1 or seen_at < $2', [now, idleSince]);
      for (const table of ['cpis_out', 'cpis_once']) await pool.query(`delete from ${table} where until <= $1`, [now]);
      await pool.query('delete from cpis_sent where second < $1', [Math.floor(now / 1000) - 120]);
    },
    onEnded: (listener) => ended.hear(listener),
    ready: async () => {
      await pool.query('select 1');
    },
    close: async () => {
      await ended.stop();
      await pool.end();
    },
  };
}
