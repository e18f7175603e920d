-- Meters of accounts and houses, their registers (zones), and readings. Whether a meter works and is verified on a
-- day are facts of the meter (METER_WORKING, METER_VERIFIED).

create table meter (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  house_id bigint not null,
  account_id bigint,
  resource text not null constraint meter_resource_known check (resource in ('COLD_WATER', 'HOT_WATER', 'ELECTRICITY', 'HEAT', 'GAS')),
  serial text constraint meter_serial_not_blank check (serial <> ''),
  place text not null default '',
  -- transformation ratio in millionths: 1000000 unless behind current transformers
  factor bigint not null default 1000000 constraint meter_factor_positive check (factor > 0),
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint meter_in_house foreign key (organization_id, house_id) references house,
  constraint meter_of_account foreign key (organization_id, account_id) references account
);
create index meter_by_house on meter (organization_id, house_id);
create index meter_by_account on meter (organization_id, account_id);
create index meter_by_serial on meter (organization_id, serial);

create table register (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  meter_id bigint not null,
  zone text not null constraint register_zone_known check (zone in ('SINGLE', 'DAY', 'NIGHT', 'PEAK', 'HALF_PEAK')),
  digits smallint not null constraint register_digits_sane check (digits between 1 and 9),
  decimals smallint not null constraint register_decimals_sane check (decimals between 0 and 6),
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint register_of_meter foreign key (organization_id, meter_id) references meter,
  constraint register_one_per_zone unique (organization_id, meter_id, zone)
);

create table reading (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  house_id bigint not null,
  register_id bigint not null,
  month date not null constraint reading_month_is_first_day check (extract(day from month) = 1),
  taken_on date not null,
  -- millionths of the register's unit
  value bigint not null constraint reading_value_not_negative check (value >= 0),
  source text not null constraint reading_source_known check (source in (
    'SITE', 'MOBILE', 'PHONE', 'OFFICE', 'SMS', 'PAYMENT_REGISTRY', 'IMPORT', 'API', 'CONTROLLER', 'ASKUE', 'INSTALLATION', 'ESTIMATE')),
  state text not null default 'ACCEPTED' constraint reading_state_known check (state in ('ACCEPTED', 'SUPERSEDED', 'DELETED')),
  settles boolean not null default true,
  version integer not null default 1,
  unusual boolean not null default false,
  client_key text,
  created_by bigint references portal_user,
  known tstzrange not null default tstzrange(now(), null),
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint reading_in_house foreign key (organization_id, house_id) references house,
  constraint reading_of_register foreign key (organization_id, register_id) references register,
  constraint reading_only_accepted_settles check (state = 'ACCEPTED' or not settles)
);
-- the month is charged by one reading of a register, never by two
create unique index reading_one_settles on reading (organization_id, register_id, month) where settles;
create unique index reading_sent_once on reading (organization_id, register_id, client_key) where client_key is not null;
create index reading_by_register on reading (organization_id, register_id, month desc);
create index reading_by_house on reading (organization_id, house_id, month);
create index reading_by_author on reading (created_by);
