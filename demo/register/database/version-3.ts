/** A row for health checks, the plans of refused records, and who acknowledged a notification with what result. */
export const third: readonly string[] = [
  // A health check writes here, because a register with a full disk or a read-only server is not healthy.
  `create table health (only_row boolean primary key default true check (only_row), at timestamptz not null default now())`,
  `insert into health default values`,
  // The plans as they were sent, so that a correction need not repeat them.
  `alter table to_correct add column plans jsonb not null default '[]'`,
  `alter table notification add column acknowledged_by text, add column outcome text`,
];
