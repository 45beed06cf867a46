/** What a health check writes, what a refused record said of plans, who acknowledged a notification and what came of it. */
export const third: readonly string[] = [
  // A disk that is full, or a server that only reads, is no healthy register.
  `create table health (only_row boolean primary key default true check (only_row), at timestamptz not null default now())`,
  `insert into health default values`,
  // As they were sent, so that a correction need not say them again.
  `alter table to_correct add column plans jsonb not null default '[]'`,
  `alter table notification add column acknowledged_by text, add column outcome text`,
];
