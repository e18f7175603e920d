-- Houses, premises, accounts, and what was true of them when (`valid`) and as we believed when (`known`).

create table house (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  city text not null,
  street text not null,
  number text not null,
  postcode text not null default '',
  fias_id uuid,
  flats integer,
  entrances integer,
  floors integer,
  built_in integer,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint house_address_unique unique (organization_id, city, street, number)
);

create table premises (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  house_id bigint not null,
  kind text not null constraint premises_kind_known check (kind in ('FLAT', 'NON_RESIDENTIAL', 'ROOM')),
  number text not null,
  entrance integer,
  floor integer,
  rooms integer,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint premises_in_house foreign key (organization_id, house_id) references house,
  constraint premises_number_unique unique (organization_id, house_id, kind, number)
);

create table account (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  house_id bigint not null,
  premises_id bigint not null,
  kind text not null constraint account_kind_known check (kind in ('PERSON', 'LEGAL')),
  number text not null,
  -- how a person types it: digits only, the letter index left out
  number_digits text generated always as (regexp_replace(number, '\D', '', 'g')) stored,
  els text,
  phone text,
  email text,
  bill_delivery text not null default 'PAPER' constraint account_bill_delivery_known check (bill_delivery in ('PAPER', 'EMAIL')),
  opened_on date not null,
  closed_on date,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint account_in_house foreign key (organization_id, house_id) references house,
  constraint account_of_premises foreign key (organization_id, premises_id) references premises,
  constraint account_number_unique unique (organization_id, number),
  constraint account_closes_after_opening check (closed_on >= opened_on)
);
create index account_by_house on account (organization_id, house_id);
create index account_by_premises on account (organization_id, premises_id);
create index account_by_digits on account (organization_id, number_digits);

create table holder (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  account_id bigint not null,
  kind text not null constraint holder_kind_known check (kind in ('PERSON', 'LEGAL')),
  surname text not null default '',
  given_name text not null default '',
  patronymic text not null default '',
  company text not null default '',
  tax_id text,
  -- upper case, ё as е, a hyphen as a space: what is compared when an account is linked
  surname_key text not null,
  valid daterange not null,
  known tstzrange not null,
  source text not null default '',
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint holder_of_account foreign key (organization_id, account_id) references account,
  constraint holder_one_truth exclude using gist (organization_id with =, account_id with =, valid with &&, known with &&)
);
create index holder_by_account on holder (organization_id, account_id);
create index holder_by_surname on holder (organization_id, surname_key text_pattern_ops);

create table fact (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  house_id bigint not null,
  subject text not null constraint fact_subject_known check (subject in ('HOUSE', 'PREMISES', 'ACCOUNT', 'METER')),
  subject_id bigint not null,
  kind text not null constraint fact_kind_known check (kind in (
    'TOTAL_AREA', 'LIVING_AREA', 'HEATED_AREA', 'COMMON_AREA', 'RESIDENTS', 'METER_WORKING', 'METER_VERIFIED')),
  -- millionths: of a square metre, of a person, of yes
  value bigint not null constraint fact_value_not_negative check (value >= 0),
  valid daterange not null constraint fact_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  source text not null default '',
  created_by bigint references portal_user,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint fact_in_house foreign key (organization_id, house_id) references house,
  constraint fact_one_truth exclude using gist (
    organization_id with =, subject with =, subject_id with =, kind with =, valid with &&, known with &&)
);
-- what is true of one thing: three times faster than by the exclusion's GiST index
create index fact_by_subject on fact (organization_id, subject, subject_id);
-- a closing takes what is known now, and of half the facts of a house nothing
create index fact_by_house on fact (organization_id, house_id, kind) where upper_inf(known);
create index fact_by_author on fact (created_by);

create table account_link (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  user_id bigint not null references portal_user on delete cascade,
  account_id bigint not null,
  relation text not null default 'HOLDER' constraint account_link_relation_known check (relation in ('HOLDER', 'FAMILY', 'TENANT', 'REPRESENTATIVE')),
  proof text not null constraint account_link_proof_known check (proof in ('NUMBER_SURNAME_FLAT', 'CONTRACT_TAX_ID', 'STAFF')),
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (organization_id, id),
  constraint account_link_to_account foreign key (organization_id, account_id) references account
);
create unique index account_link_once on account_link (user_id, organization_id, account_id) where ended_at is null;
create index account_link_by_account on account_link (organization_id, account_id);
