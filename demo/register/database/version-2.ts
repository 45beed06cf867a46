/** What authorities upload and what they are told: demographics to match against, births, the outbox, the audit. */
export const second: readonly string[] = [
  // The invented demographics: who an NHS number belongs to. Plans refer to them, so every plan has a person.
  `alter table child rename to person`,
  `alter table person
     add column id uuid not null unique default gen_random_uuid(),
     add column birth_date date,
     add column gender text,
     add column sensitive boolean not null default false,
     add column superseded_by text`,

  `create table organisation (
    name text primary key,
    setting text not null,
    call_back_phone text
  )`,

  // An authority makes one statement about a person for each type and first day. A repeat changes only its last day.
  `alter table plan add constraint plan_once unique (nhs_number, local_authority, type_code, start_date)`,
  `drop index plan_of_child`,
  `create index plan_of_authority on plan (local_authority)`,

  `create table birth (
    baby text primary key references person,
    mother text not null references person,
    local_authority text not null references local_authority,
    recorded_at timestamptz not null
  )`,
  // Until a baby is named, the baby is shown under the mother's name (PG9 section 3).
  `create view shown_person as
   select person.nhs_number, person.id, person.birth_date,
          case when unnamed then 'baby' else person.given_name end as given_name,
          case when unnamed then coalesce(mother.family_name, person.family_name) else person.family_name end as family_name
     from (select *, lower(given_name) in ('', 'baby') as unnamed from person) person
     left join birth on unnamed and birth.baby = person.nhs_number
     left join person mother on mother.nhs_number = birth.mother`,

  `create table allocated_worker (
    local_authority text not null references local_authority,
    nhs_number text not null references person,
    present boolean not null,
    primary key (local_authority, nhs_number)
  )`,

  `create table to_correct (
    id uuid primary key default gen_random_uuid(),
    local_authority text not null references local_authority,
    fingerprint text not null,
    code text not null,
    message text not null,
    row_number integer not null,
    nhs_number text not null,
    family_name text not null,
    given_name text not null,
    birth_date text not null,
    gender text not null,
    sent_at timestamptz not null,
    -- What a later record must share with this one to mend it, each as a digest.
    person_key text not null,
    number_family_key text not null,
    number_birth_key text not null,
    unique (local_authority, fingerprint)
  )`,

  // The outbox. An authority's counter is taken under its row's lock, so numbers become visible in order.
  `alter table local_authority add column notified bigint not null default 0`,
  `create table notification (
    local_authority text not null references local_authority,
    number bigint not null,
    kind text not null,
    at timestamptz not null,
    nhs_number text not null references person,
    access_id bigint references access on delete set null,
    content jsonb not null,
    acknowledged_at timestamptz,
    primary key (local_authority, number)
  )`,
  `create unique index notification_once on notification (access_id, local_authority, kind)`,
  `create index notification_waiting on notification (local_authority, number) where acknowledged_at is null`,

  `create table audit (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor text not null,
    action text not null,
    nhs_number text,
    detail jsonb
  )`,
  `create function refuse_change() returns trigger language plpgsql as $$
   begin
     raise exception 'The audit is append-only';
   end $$`,
  `create trigger audit_is_append_only before update or delete or truncate on audit
   for each statement execute function refuse_change()`,
];
