/** One row that a health check writes: a disk that is full, or a server that only reads, is no healthy register. */
export const third: readonly string[] = [
  `create table health (only_row boolean primary key default true check (only_row), at timestamptz not null default now())`,
  `insert into health default values`,
];
