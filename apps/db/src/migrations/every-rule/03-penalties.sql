-- Penalties: schedules, moratoria, what has been accrued for each debt; and how an organisation allocates payments.

-- A fraction of the rate that a day of delay costs, from a day of the delay on; each band ends where the next begins.
create function is_penalty_bands(from_days integer[], numerators integer[], denominators integer[]) returns boolean
language sql immutable set search_path = public, pg_temp
  as $$ select cardinality(from_days) > 0 and cardinality(from_days) = cardinality(numerators)
          and cardinality(from_days) = cardinality(denominators)
          and (select bool_and(day > before and day > 0) from (
            select day, lag(day, 1, 0) over (order by place) as before from unnest(from_days) with ordinality as one (day, place)) days)
          and 0 <= all (numerators) and 0 < all (denominators) $$;

create table penalty_schedule (
  id bigint generated always as identity primary key,
  -- null is the law of the country; an organisation's own row stands above it
  organization_id bigint references organization,
  country text not null constraint penalty_schedule_country_known check (country in ('RU', 'KZ')),
  payer text not null constraint penalty_schedule_payer_known check (payer in ('PERSON', 'LEGAL')),
  service_group text not null constraint penalty_schedule_group_known check (
    service_group in ('HOUSING', 'UTILITY', 'CAPITAL_REPAIR', 'OTHER')),
  from_days integer[] not null,
  numerators integer[] not null,
  denominators integer[] not null,
  is_capped boolean not null,
  up_to_principal boolean not null,
  document text not null constraint penalty_schedule_has_a_document check (document <> ''),
  valid daterange not null constraint penalty_schedule_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  created_by bigint references portal_user,
  created_at timestamptz not null default now(),
  constraint penalty_schedule_bands check (is_penalty_bands(from_days, numerators, denominators)),
  constraint penalty_schedule_one_truth exclude using gist ((coalesce(organization_id, 0)) with =, country with =,
    payer with =, service_group with =, valid with &&, known with &&)
);
create index penalty_schedule_by_organization on penalty_schedule (organization_id);
create index penalty_schedule_by_author on penalty_schedule (created_by);
comment on table penalty_schedule is 'What a day of delay costs, by the kind of payer and of debt: article 155 of the Housing Code, a contract.';
comment on column penalty_schedule.from_days is 'From which day of the delay each band counts; 1 is the day after the due day.';
comment on column penalty_schedule.numerators is 'Of the fraction of the yearly rate that a day of the band costs; 0 where it costs nothing.';
comment on column penalty_schedule.denominators is 'Of the same fraction: the number of days of a year is in it.';
comment on column penalty_schedule.is_capped is 'The rate is fixed or capped as rows PENALTY_FIXED and PENALTY_CAP of rate say.';
comment on column penalty_schedule.up_to_principal is 'The penalty never exceeds the debt.';
comment on column penalty_schedule.valid is 'Due days of the debts that it is for.';

create table penalty_moratorium (
  id bigint generated always as identity primary key,
  -- null is the law of the country
  organization_id bigint references organization,
  country text not null constraint penalty_moratorium_country_known check (country in ('RU', 'KZ')),
  account_id bigint,
  payer text constraint penalty_moratorium_payer_known check (payer in ('PERSON', 'LEGAL')),
  service_group text constraint penalty_moratorium_group_known check (
    service_group in ('HOUSING', 'UTILITY', 'CAPITAL_REPAIR', 'OTHER')),
  document text not null constraint penalty_moratorium_has_a_document check (document <> ''),
  valid daterange not null constraint penalty_moratorium_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  created_by bigint references portal_user,
  created_at timestamptz not null default now(),
  constraint penalty_moratorium_of_account foreign key (organization_id, account_id) references account,
  constraint penalty_moratorium_of_account_has_organization check (account_id is null or organization_id is not null),
  constraint penalty_moratorium_one_truth exclude using gist ((coalesce(organization_id, 0)) with =, country with =,
    (coalesce(account_id, 0)) with =, (coalesce(payer, '')) with =, (coalesce(service_group, '')) with =, valid with &&, known with &&)
);
create index penalty_moratorium_by_account on penalty_moratorium (organization_id, account_id);
create index penalty_moratorium_by_author on penalty_moratorium (created_by);
comment on table penalty_moratorium is 'Days on which nothing accrues, though the delay goes on being counted: a moratorium, an instalment agreement.';
comment on column penalty_moratorium.account_id is 'Of one account only: an agreement with it.';
comment on column penalty_moratorium.payer is 'Of one kind of payers only.';
comment on column penalty_moratorium.service_group is 'Of debts of one kind only.';

-- How payments are split over what is owed, from a day on; before the first row as `settings` says.
create table allocation_rule (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  mode text not null constraint allocation_rule_mode_known check (mode in ('PROPORTIONAL', 'FIFO', 'PRIORITY')),
  document text not null constraint allocation_rule_has_a_document check (document <> ''),
  valid daterange not null constraint allocation_rule_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  created_by bigint references portal_user,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint allocation_rule_one_truth exclude using gist (organization_id with =, valid with &&, known with &&)
);
create index allocation_rule_by_author on allocation_rule (created_by);
comment on table allocation_rule is 'In proportion, the oldest month first, or in the order of the services with penalties last; by the day of posting.';

-- What a closing knew of the debts that were still unpaid a month later: a row a debtor, of each month's debt of a service
-- one place in its lists. It is written with the preview, goes with it, and stands with the commit; the next closing goes on
-- from it and never looks back further.
create table penalty_debtor (
  organization_id bigint not null,
  closing_id bigint not null,
  account_id bigint not null,
  service_ids bigint[] not null,
  supplier_ids bigint[] not null,
  months date[] not null,
  due_on date[] not null,
  principals bigint[] not null constraint penalty_debtor_owes check (cardinality(principals) > 0 and 0 < all (principals)),
  accrued bigint[] not null,
  paid_lots integer[] not null,
  paid_on date[] not null,
  paid_amounts bigint[] not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, closing_id, account_id),
  constraint penalty_debtor_lists_are_full check (num_nulls(array_position(service_ids, null), array_position(supplier_ids, null),
    array_position(months, null), array_position(due_on, null), array_position(principals, null), array_position(accrued, null),
    array_position(paid_lots, null), array_position(paid_on, null), array_position(paid_amounts, null)) = 9),
  constraint penalty_debtor_lots_are_whole check (cardinality(service_ids) = cardinality(principals)
    and cardinality(supplier_ids) = cardinality(principals) and cardinality(months) = cardinality(principals)
    and cardinality(due_on) = cardinality(principals) and cardinality(accrued) = cardinality(principals)),
  constraint penalty_debtor_payments_are_whole check (cardinality(paid_on) = cardinality(paid_lots)
    and cardinality(paid_amounts) = cardinality(paid_lots)),
  constraint penalty_debtor_payments_are_of_lots check (1 <= all (paid_lots) and cardinality(principals) >= all (paid_lots))
);
-- nobody looks for what is in the lists, and to count their elements costs seconds
alter table penalty_debtor alter service_ids set statistics 0, alter supplier_ids set statistics 0, alter months set statistics 0,
  alter due_on set statistics 0, alter principals set statistics 0, alter accrued set statistics 0,
  alter paid_lots set statistics 0, alter paid_on set statistics 0, alter paid_amounts set statistics 0;
comment on table penalty_debtor is 'What an account owed of earlier months, and its penalty, as the closing of a later month knew it. Written for debtors only.';
comment on column penalty_debtor.months is 'The month whose charge is owed, of each debt, the oldest of a service first.';
comment on column penalty_debtor.due_on is 'The last day on which a payment was in time.';
comment on column penalty_debtor.accrued is 'The whole penalty of each debt up to the end of the closing’s month, minor units: what later months charge comes on top.';
comment on column penalty_debtor.paid_lots is 'Which of the debts each payment is of, counted from 1.';
comment on column penalty_debtor.paid_on is 'Payers’ days; below zero in paid_amounts is what was given back.';

-- debtors come by the ten thousand: they have no foreign keys, a batch is looked up in one go
create function refuse_penalty_debtor_of_nothing() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from (select distinct organization_id, closing_id from changed) n
    left join closing c on (c.organization_id, c.id) = (n.organization_id, n.closing_id) and c.state in ('COMPUTING', 'READY')
    where c.id is null) then
    raise exception 'a debtor of a closing that is not being computed' using errcode = 'LG006';
  end if;
  if exists (
    select from changed n left join account a on (a.organization_id, a.id) = (n.organization_id, n.account_id)
    where a.id is null) or exists (
    select from (
      select distinct c.organization_id, l.service_id, l.supplier_id
      from changed c cross join unnest(c.service_ids, c.supplier_ids) as l (service_id, supplier_id)) n
    left join service s on (s.organization_id, s.id) = (n.organization_id, n.service_id)
    left join supplier u on (u.organization_id, u.id) = (n.organization_id, n.supplier_id)
    where s.id is null or u.id is null) then
    raise exception 'a debt of nothing in its organisation' using errcode = 'LG007';
  end if;
  if exists (
    select from changed c cross join unnest(c.service_ids, c.supplier_ids, c.months) as l (service_id, supplier_id, month)
    group by c.organization_id, c.closing_id, c.account_id, l.service_id, l.supplier_id, l.month
    having count(*) > 1 or extract(day from l.month) <> 1) then
    raise exception 'a debt of a month stands once, under its first day' using errcode = 'LG007';
  end if;
  return null;
end $$;
create trigger penalty_debtor_of_its_organization after insert on penalty_debtor referencing new table as changed
  for each statement execute function refuse_penalty_debtor_of_nothing();

create function refuse_penalty_debtor_taken_from_ledger() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from (select distinct organization_id, closing_id from changed) n
    join closing c on (c.organization_id, c.id, c.state) = (n.organization_id, n.closing_id, 'COMMITTED')) then
    raise exception 'the ledger only grows: % on penalty_debtor', tg_op using errcode = 'LG003';
  end if;
  return null;
end $$;
create trigger penalty_debtor_only_grows after delete on penalty_debtor referencing old table as changed
  for each statement execute function refuse_penalty_debtor_taken_from_ledger();
create trigger penalty_debtor_never_rewritten before update on penalty_debtor
  for each row execute function refuse_ledger_change();

create function forget_penalty_debtors() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  delete from penalty_debtor where organization_id = new.organization_id and closing_id = new.id;
  return null;
end $$;
create trigger closing_discarded_forgets_penalty_debtors after update on closing for each row
  when (new.state = 'DISCARDED' and old.state <> 'DISCARDED') execute function forget_penalty_debtors();

-- What is said of a country is an input of every organisation there.
create function journal_penalty_inputs() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into input_change (organization_id, house_id, kind)
    select distinct o.id, 0, tg_table_name from changed c
    join organization o on o.country = c.country and o.id = coalesce(c.organization_id, o.id);
  return null;
end $$;
do $$
declare t text;
begin
  foreach t in array array['penalty_schedule', 'penalty_moratorium'] loop
    execute format('create trigger %I after insert on %I referencing new table as changed
      for each statement execute function journal_penalty_inputs()', t || '_journal_insert', t);
    execute format('create trigger %I after update on %I referencing new table as changed
      for each statement execute function journal_penalty_inputs()', t || '_journal_update', t);
  end loop;
  foreach t in array array['penalty_schedule', 'penalty_moratorium', 'allocation_rule'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewritten_fact()',
      t || '_never_rewritten', t);
  end loop;
end $$;

revoke all on function is_penalty_bands(integer[], integer[], integer[]), refuse_penalty_debtor_of_nothing(),
  refuse_penalty_debtor_taken_from_ledger(), forget_penalty_debtors(), journal_penalty_inputs() from public;
grant execute on function is_penalty_bands(integer[], integer[], integer[]), refuse_penalty_debtor_of_nothing(),
  refuse_penalty_debtor_taken_from_ledger(), forget_penalty_debtors(), journal_penalty_inputs() to kvartal_runtime;
grant select, insert, update on penalty_schedule, penalty_moratorium, allocation_rule to kvartal_runtime;
grant select, insert, delete on penalty_debtor to kvartal_runtime;

insert into rate (country, kind, value, document, valid, known)
select country, kind, round(value * 100000000)::bigint, document, daterange(since::date, until::date), tstzrange('2020-01-01T00:00:00Z', null)
from (values
  ('RU', 'PENALTY_FIXED', 0.095, 'ПП № 474 от 26.03.2022', '2022-02-28', '2023-01-01'),
  ('RU', 'KEY_RATE', 0.085, 'Банк России', '2021-12-20', '2022-02-14'),
  ('RU', 'KEY_RATE', 0.095, 'Банк России', '2022-02-14', '2022-02-28'),
  ('RU', 'KEY_RATE', 0.20, 'Банк России', '2022-02-28', '2022-04-11'),
  ('RU', 'KEY_RATE', 0.17, 'Банк России', '2022-04-11', '2022-05-04'),
  ('RU', 'KEY_RATE', 0.14, 'Банк России', '2022-05-04', '2022-05-27'),
  ('RU', 'KEY_RATE', 0.11, 'Банк России', '2022-05-27', '2022-06-14'),
  ('RU', 'KEY_RATE', 0.095, 'Банк России', '2022-06-14', '2022-07-25'),
  ('RU', 'KEY_RATE', 0.08, 'Банк России', '2022-07-25', '2022-09-19'),
  ('RU', 'KEY_RATE', 0.075, 'Банк России', '2022-09-19', '2023-07-24'),
  ('RU', 'KEY_RATE', 0.085, 'Банк России', '2023-07-24', '2023-08-15'),
  ('RU', 'KEY_RATE', 0.12, 'Банк России', '2023-08-15', '2023-09-18'),
  ('RU', 'KEY_RATE', 0.13, 'Банк России', '2023-09-18', '2023-10-30'),
  ('RU', 'KEY_RATE', 0.15, 'Банк России', '2023-10-30', '2023-12-18'),
  ('KZ', 'KEY_RATE', 0.1675, 'Национальный Банк Казахстана', '2022-12-06', '2023-08-28'),
  ('KZ', 'KEY_RATE', 0.165, 'Национальный Банк Казахстана', '2023-08-28', '2023-10-09'),
  ('KZ', 'KEY_RATE', 0.16, 'Национальный Банк Казахстана', '2023-10-09', '2023-11-27'),
  ('KZ', 'KEY_RATE', 0.1575, 'Национальный Банк Казахстана', '2023-11-27', '2024-01-22'),
  ('KZ', 'KEY_RATE', 0.1525, 'Национальный Банк Казахстана', '2024-01-22', '2024-02-26'),
  ('KZ', 'KEY_RATE', 0.1475, 'Национальный Банк Казахстана', '2024-02-26', '2024-06-03'),
  ('KZ', 'KEY_RATE', 0.145, 'Национальный Банк Казахстана', '2024-06-03', '2024-07-15'),
  ('KZ', 'KEY_RATE', 0.1425, 'Национальный Банк Казахстана', '2024-07-15', '2024-12-02'),
  ('KZ', 'KEY_RATE', 0.1525, 'Национальный Банк Казахстана', '2024-12-02', '2025-03-11'),
  ('KZ', 'KEY_RATE', 0.165, 'Национальный Банк Казахстана', '2025-03-11', '2025-10-13'),
  ('KZ', 'KEY_RATE', 0.18, 'Национальный Банк Казахстана', '2025-10-13', null)
) as legal(country, kind, value, document, since, until);

insert into penalty_schedule (country, payer, service_group, from_days, numerators, denominators, is_capped, up_to_principal,
  document, valid, known, created_at)
select country, payer, unnest(groups), from_days, numerators, denominators, is_capped, up_to_principal, document,
  daterange(since::date, null), tstzrange('2020-01-01T00:00:00Z', null), '2020-01-01T00:00:00Z'
from (values
  ('RU', 'PERSON', array['HOUSING', 'UTILITY', 'OTHER'], array[31, 91], array[1, 1], array[300, 130], true, false,
    'ЖК РФ, ст. 155 ч. 14', '2016-01-01'),
  ('RU', 'PERSON', array['CAPITAL_REPAIR'], array[31], array[1], array[300], true, false, 'ЖК РФ, ст. 155 ч. 14.1', '2016-01-01'),
  ('RU', 'LEGAL', array['HOUSING', 'OTHER'], array[31, 91], array[1, 1], array[300, 130], true, false,
    'ЖК РФ, ст. 155 ч. 14', '2016-01-01'),
  ('RU', 'LEGAL', array['CAPITAL_REPAIR'], array[31], array[1], array[300], true, false, 'ЖК РФ, ст. 155 ч. 14.1', '2016-01-01'),
  ('RU', 'LEGAL', array['UTILITY'], array[1], array[1], array[130], false, false,
    'ФЗ № 307 от 03.11.2015: № 416-ФЗ ст. 13, № 190-ФЗ ст. 15, № 35-ФЗ ст. 37', '2016-01-01'),
  ('KZ', 'PERSON', array['HOUSING', 'UTILITY', 'CAPITAL_REPAIR', 'OTHER'], array[1], array[3], array[730], false, true,
    'Типовой договор, приказ № 58 от 24.06.2019, п. 35', '2019-06-24'),
  ('KZ', 'LEGAL', array['HOUSING', 'UTILITY', 'CAPITAL_REPAIR', 'OTHER'], array[1], array[3], array[730], false, true,
    'Типовой договор, приказ № 58 от 24.06.2019, п. 35', '2019-06-24')
) as legal(country, payer, groups, from_days, numerators, denominators, is_capped, up_to_principal, document, since);

insert into penalty_moratorium (country, document, valid, known, created_at)
select 'RU', document, daterange(since::date, until::date), tstzrange('2020-01-01T00:00:00Z', null), '2020-01-01T00:00:00Z'
from (values
  ('ПП № 424 от 02.04.2020', '2020-04-06', '2021-01-01'),
  ('ПП № 497 от 28.03.2022', '2022-04-01', '2022-10-02')
) as legal(document, since, until);
