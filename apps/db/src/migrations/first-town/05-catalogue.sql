-- What is charged, by whom, at what price, for which account: all with both times.

create table supplier (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  name text not null,
  tax_id text not null default '',
  -- whose bank account the money of this supplier is paid to: the total to pay nets within one recipient
  recipient_id bigint not null,
  requisites jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint supplier_recipient foreign key (organization_id, recipient_id) references supplier deferrable initially deferred
);
create index supplier_by_recipient on supplier (organization_id, recipient_id);

create table service (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  code text not null,
  name text not null,
  unit text not null,
  service_group text not null constraint service_group_known check (service_group in ('HOUSING', 'UTILITY', 'CAPITAL_REPAIR', 'OTHER', 'PENALTY')),
  resource text constraint service_resource_known check (resource in ('COLD_WATER', 'HOT_WATER', 'ELECTRICITY', 'HEAT', 'GAS')),
  zone text constraint service_zone_known check (zone in ('SINGLE', 'DAY', 'NIGHT', 'PEAK', 'HALF_PEAK')),
  calc_order smallint not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint service_code_unique unique (organization_id, code)
);

create table tariff (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  service_id bigint not null,
  supplier_id bigint not null,
  tariff_group smallint not null default 1,
  -- millionths of the currency for a unit, VAT as vat_mode says
  price bigint not null constraint tariff_price_not_negative check (price >= 0),
  vat_mode text not null default 'NONE' constraint tariff_vat_mode_known check (vat_mode in ('NONE', 'INCLUSIVE', 'EXCLUSIVE')),
  document text not null,
  valid daterange not null constraint tariff_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint tariff_of_service foreign key (organization_id, service_id) references service,
  constraint tariff_of_supplier foreign key (organization_id, supplier_id) references supplier,
  constraint tariff_one_truth exclude using gist (
    organization_id with =, service_id with =, supplier_id with =, tariff_group with =, valid with &&, known with &&)
);
create index tariff_by_service on tariff (organization_id, service_id);
create index tariff_by_supplier on tariff (organization_id, supplier_id);

create table norm (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  service_id bigint not null,
  -- per person, per square metre of the premises, per square metre of common area
  kind text not null constraint norm_kind_known check (kind in ('PERSON', 'AREA', 'COMMON_AREA')),
  -- hundred-millionths of the service's unit
  value bigint not null constraint norm_value_not_negative check (value >= 0),
  document text not null,
  valid daterange not null constraint norm_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint norm_of_service foreign key (organization_id, service_id) references service,
  constraint norm_one_truth exclude using gist (organization_id with =, service_id with =, kind with =, valid with &&, known with &&)
);
create index norm_by_service on norm (organization_id, service_id);

-- Legal numbers of a country: key rates, coefficients, caps, due days. Never constants in code.
create table rate (
  id bigint generated always as identity primary key,
  country text not null constraint rate_country_known check (country in ('RU', 'KZ')),
  kind text not null constraint rate_kind_known check (kind in ('KEY_RATE', 'VAT', 'DUE_DAY', 'PENALTY_CAP', 'NORM_COEFFICIENT')),
  -- hundred-millionths; a due day is a whole number of them
  value bigint not null,
  document text not null,
  valid daterange not null constraint rate_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  created_at timestamptz not null default now(),
  constraint rate_one_truth exclude using gist (country with =, kind with =, valid with &&, known with &&)
);

create table account_service (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  house_id bigint not null,
  account_id bigint not null,
  service_id bigint not null,
  supplier_id bigint not null,
  method text not null constraint account_service_method_known check (method in (
    'AREA', 'PERSON_FEE', 'NORM_PERSON', 'METER', 'SUM_OF_WATER', 'FIXED', 'COMMON_AREA', 'HEATING_NORM', 'HEATING_HOUSE_METER', 'PENALTY')),
  tariff_group smallint not null default 1,
  valid daterange not null constraint account_service_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint account_service_in_house foreign key (organization_id, house_id) references house,
  constraint account_service_of_account foreign key (organization_id, account_id) references account,
  constraint account_service_of_service foreign key (organization_id, service_id) references service,
  constraint account_service_of_supplier foreign key (organization_id, supplier_id) references supplier,
  constraint account_service_one_truth exclude using gist (
    organization_id with =, account_id with =, service_id with =, supplier_id with =, valid with &&, known with &&)
);
create index account_service_by_house on account_service (organization_id, house_id) where upper_inf(known);
create index account_service_by_account on account_service (organization_id, account_id);
create index account_service_by_service on account_service (organization_id, service_id);
create index account_service_by_supplier on account_service (organization_id, supplier_id);
