/**
 * Who looked, and the plans that authorities sent. A plan type is a code and its words, not an enumeration, because the
 * register keeps what an authority sent.
 */
export const first: readonly string[] = [
  `create table local_authority (
    code text primary key,
    name text not null,
    office_hours_phone text,
    emergency_duty_phone text
  )`,
  `create table child (
    nhs_number text primary key,
    given_name text not null,
    family_name text not null
  )`,
  `create table plan (
    id uuid primary key default gen_random_uuid(),
    nhs_number text not null references child,
    type_code text not null,
    type_display text not null,
    local_authority text not null references local_authority,
    start_date date not null,
    end_date date
  )`,
  `create index plan_of_child on plan (nhs_number)`,
  `create table practitioner (
    author text primary key,
    role_id uuid not null default gen_random_uuid(),
    role_profile_id text not null unique,
    name text not null,
    role_code text,
    role text not null,
    organisation text not null
  )`,
  `create table access (
    id bigint generated always as identity primary key,
    event_id uuid not null default gen_random_uuid(),
    author text not null references practitioner,
    nhs_number text not null,
    trace_id uuid not null,
    at timestamptz not null,
    unique (author, nhs_number, trace_id)
  )`,
  `create index access_of_child on access (nhs_number, at)`,
];
