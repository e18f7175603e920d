-- Portals and organisations: a residents' site, and a company that keeps books.

-- Time, here and in all that follows: what people see and what rules go by comes from the product's own clock with the row,
-- and has no default. `created_at default now()` is the server's own note of when a row of little history was written.

create table portal (
  id bigint generated always as identity primary key,
  slug text not null constraint portal_slug_unique unique constraint portal_slug_plain check (slug ~ '^[a-z0-9-]{2,40}$'),
  host text constraint portal_host_unique unique,
  name text not null,
  country text not null constraint portal_country_known check (country in ('RU', 'KZ')),
  locale text not null default 'ru',
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create table organization (
  id bigint generated always as identity primary key,
  name text not null,
  short_name text not null,
  kind text not null constraint organization_kind_known check (kind in ('MANAGEMENT', 'HOA', 'SETTLEMENT_CENTRE', 'SUPPLIER')),
  country text not null constraint organization_country_known check (country in ('RU', 'KZ')),
  currency text not null constraint organization_currency_known check (currency in ('RUB', 'KZT')),
  time_zone text not null,
  tax_id text not null,
  requisites jsonb not null default '{}',
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create table portal_organization (
  portal_id bigint not null references portal,
  organization_id bigint not null references organization,
  created_at timestamptz not null default now(),
  primary key (portal_id, organization_id)
);
create index portal_organization_by_organization on portal_organization (organization_id);
