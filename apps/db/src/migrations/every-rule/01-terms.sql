-- What a service costs and how it is shared: prices by volume, heat in water, the heating season, an organisation's terms of a service.

create function is_ascending(numbers bigint[]) returns boolean language sql immutable set search_path = public, pg_temp
  as $$ select coalesce(bool_and(number > before), true)
        from (select number, lag(number, 1, 0::bigint) over (order by place) as before
              from unnest(numbers) with ordinality as one (number, place)) pairs $$;
revoke all on function is_ascending(bigint[]) from public;
grant execute on function is_ascending(bigint[]) to kvartal_runtime;

-- A price by volume: it stands beside a tariff, whose price holds up to the first limit, and shares its days, tax and document.
-- So whatever has a plan has a price, and prices that are missing or overlap are found in one place.
create table tariff_plan (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  tariff_id bigint not null,
  kind text not null constraint tariff_plan_kind_known check (kind in ('MARGINAL', 'WHOLE', 'SOCIAL_NORM', 'DAILY_LIMIT')),
  per_person boolean not null default false,
  -- millionths of the service's unit, of a month; of a DAILY_LIMIT, of a day; each belongs to what is below it
  limits bigint[] not null constraint tariff_plan_limits_ascend check (is_ascending(limits)),
  -- millionths of the currency for a unit above each limit
  prices bigint[] not null constraint tariff_plan_prices_not_negative check (0 <= all (prices)),
  -- hundred-millionths: what the price is multiplied with above a daily limit
  over_coefficient bigint,
  known tstzrange not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint tariff_plan_of_tariff foreign key (organization_id, tariff_id) references tariff,
  constraint tariff_plan_has_limits check (cardinality(limits) > 0 and array_ndims(limits) = 1),
  constraint tariff_plan_priced_above_limits check (cardinality(prices) = case kind when 'DAILY_LIMIT' then 0 else cardinality(limits) end),
  constraint tariff_plan_one_limit check (kind in ('MARGINAL', 'WHOLE') or cardinality(limits) = 1 and per_person),
  constraint tariff_plan_coefficient check ((kind = 'DAILY_LIMIT') = (over_coefficient is not null) and over_coefficient >= 0),
  constraint tariff_plan_one_truth exclude using gist (organization_id with =, tariff_id with =, known with &&)
);
create index tariff_plan_by_tariff on tariff_plan (organization_id, tariff_id);
create trigger tariff_plan_never_rewritten before update or delete on tariff_plan
  for each row execute function refuse_rewritten_fact();
create trigger tariff_plan_journal_insert after insert on tariff_plan referencing new table as changed
  for each statement execute function journal_organization_inputs();
create trigger tariff_plan_journal_update after update on tariff_plan referencing new table as changed
  for each statement execute function journal_organization_inputs();
grant select, insert, update on tariff_plan to kvartal_runtime;
comment on table tariff_plan is 'How the price of a tariff changes with the volume: blocks, a social norm, a daily limit';

-- What of a charge is tax, and what a raised norm adds to it: figures of their own on bills and in reports.
alter table statement_line
  add column vat bigint not null default 0,
  add column excess bigint not null default 0,
  add constraint statement_line_vat_within_charge check (vat = 0 or abs(vat) <= abs(charged)),
  add constraint statement_line_excess_raises check (excess >= 0);
comment on column statement_line.vat is 'The tax within charged, minor units, whether the price held it or it came on top';
comment on column statement_line.excess is 'Which part of charged a raised norm adds, minor units, without a tax that comes on top';
-- a closing under way has its lines in a table that is not yet a part of the ledger
do $$
declare alive bigint;
begin
  for alive in select id from closing where state in ('COMPUTING', 'READY', 'FAILED') loop
    if to_regclass(closing_table(alive)) is not null then
      execute format('alter table %I
        add column vat bigint not null default 0, add column excess bigint not null default 0,
        add constraint statement_line_vat_within_charge check (vat = 0 or abs(vat) <= abs(charged)),
        add constraint statement_line_excess_raises check (excess >= 0)', closing_table(alive));
    end if;
  end loop;
end $$;

-- Heat in a cubic metre of hot water, and the months that heating spread over the year is charged for.
alter table norm drop constraint norm_kind_known;
alter table norm
  add constraint norm_kind_known check (kind in ('PERSON', 'AREA', 'COMMON_AREA', 'HEAT_IN_WATER', 'HEATING_MONTHS')),
  add constraint norm_months_of_a_year check (
    kind <> 'HEATING_MONTHS' or value between 100000000 and 1200000000 and value % 100000000 = 0);
comment on column norm.value is 'Hundred-millionths of the service''s unit; of HEATING_MONTHS, of a month';

-- On which days the heating of a house is on; how many own the premises of an account.
alter table fact drop constraint fact_kind_known;
alter table fact add constraint fact_kind_known check (kind in (
  'TOTAL_AREA', 'LIVING_AREA', 'HEATED_AREA', 'COMMON_AREA', 'RESIDENTS', 'OWNERS', 'METER_WORKING', 'METER_VERIFIED', 'HEATING_ON',
  -- the meter is gone, as METER_WORKING of 0 says that it stands there broken; what it counts goes to the garden
  'METER_LOST', 'METER_IRRIGATION'));
-- a house that keeps seasons is charged for none outside them: all its seasons are looked at, whatever month they are in
create index fact_of_heating on fact (organization_id, house_id) where kind = 'HEATING_ON';

-- What an organisation, or the owners of its houses, have decided of a service: its row of the month's last day holds for
-- the whole month. A service without one is charged as the law says where nobody has decided anything.
create table service_terms (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  service_id bigint not null,
  -- a month that is begun is charged whole
  whole_months boolean not null default false,
  -- where nobody lives, the owners count
  charges_owners boolean not null default false,
  -- the account's share of the house's common volume is a part of this line
  takes_share boolean not null default false,
  -- a reading after estimated months is spread over them
  redistributes boolean not null default false,
  -- after the months of the average the norm is raised by the country's coefficient
  raises_norm boolean not null default false,
  -- null: the heated area for heat, else the total one
  area_kind text constraint service_terms_area_known check (area_kind in ('TOTAL', 'HEATED')),
  -- how what the house uses in common is found, and by what it is shared
  common_mode text not null default 'METER' constraint service_terms_mode_known check (common_mode in ('METER', 'NORM', 'AVERAGE')),
  shared_by text not null default 'TOTAL_AREA' constraint service_terms_shared_by_known check (shared_by in ('TOTAL_AREA', 'HEATED_AREA', 'PEOPLE')),
  -- null: as the organisation's settings say of all its services
  cap_by_norm boolean,
  negative_policy text constraint service_terms_policy_known check (negative_policy in ('CARRY', 'ZERO', 'DISTRIBUTE')),
  -- in which month of the year the readings of the year before settle what was charged by norm or average; null: never
  true_up_month smallint constraint service_terms_month_of_a_year check (true_up_month between 1 and 12),
  document text not null,
  valid daterange not null constraint service_terms_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint service_terms_of_service foreign key (organization_id, service_id) references service,
  constraint service_terms_one_truth exclude using gist (
    organization_id with =, service_id with =, valid with &&, known with &&)
);
create index service_terms_by_service on service_terms (organization_id, service_id);
create trigger service_terms_never_rewritten before update or delete on service_terms
  for each row execute function refuse_rewritten_fact();
create trigger service_terms_journal_insert after insert on service_terms referencing new table as changed
  for each statement execute function journal_organization_inputs();
create trigger service_terms_journal_update after update on service_terms referencing new table as changed
  for each statement execute function journal_organization_inputs();
grant select, insert, update on service_terms to kvartal_runtime;
comment on table service_terms is 'What an organisation has decided of a service beside its price and norms, with the document of the decision';

-- Legal numbers of estimates: how many months an average is taken of, how many it needs, how many in a row it may stand for.
alter table rate drop constraint rate_kind_known;
alter table rate add constraint rate_kind_known check (kind in (
  'KEY_RATE', 'VAT', 'DUE_DAY', 'PENALTY_CAP', 'NORM_COEFFICIENT', 'AVERAGE_OF', 'AVERAGE_NEEDS', 'AVERAGE_LASTS',
  -- more full days than these make an absence; per cent an hour, or an hour and degree; the lowest temperatures
  'ABSENCE_DAYS', 'INTERRUPTION_PERCENT', 'HEATING_DEGREE_PERCENT', 'HOT_WATER_DAY_MINIMUM', 'HOT_WATER_NIGHT_MINIMUM',
  -- the key rate of some days is this one, as PENALTY_CAP says that it is at most this one
  'PENALTY_FIXED'));
insert into rate (country, kind, value, document, valid, known)
select country, kind, round(value * 100000000)::bigint, document, daterange(since::date, null), tstzrange('2020-01-01T00:00:00Z', null)
from (values
  ('RU', 'AVERAGE_OF', 6, 'ПП № 354 от 06.05.2011, п. 59', '2012-09-01'),
  ('RU', 'AVERAGE_NEEDS', 3, 'ПП № 354 от 06.05.2011, п. 59', '2012-09-01'),
  ('RU', 'AVERAGE_LASTS', 3, 'ПП № 354 от 06.05.2011, п. 59, 60', '2012-09-01'),
  ('RU', 'NORM_COEFFICIENT', 1.5, 'ПП № 354 от 06.05.2011, п. 42, в ред. ПП № 1498 от 26.12.2016', '2017-01-01'),
  ('KZ', 'AVERAGE_OF', 6, 'Типовой договор, приказ № 58 от 24.06.2019', '2019-07-01'),
  ('KZ', 'AVERAGE_NEEDS', 3, 'Типовой договор, приказ № 58 от 24.06.2019', '2019-07-01'),
  ('KZ', 'AVERAGE_LASTS', 3, 'Типовой договор, приказ № 58 от 24.06.2019', '2019-07-01')
) as legal(country, kind, value, document, since);

-- A legal number is an input of every house of its country.
create function journal_country_inputs() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into input_change (organization_id, house_id, kind)
    select distinct o.id, 0, tg_table_name from changed c join organization o on o.country = c.country;
  return null;
end $$;
revoke all on function journal_country_inputs() from public;
grant execute on function journal_country_inputs() to kvartal_runtime;
create trigger rate_journal_insert after insert on rate referencing new table as changed
  for each statement execute function journal_country_inputs();
create trigger rate_journal_update after update on rate referencing new table as changed
  for each statement execute function journal_country_inputs();
