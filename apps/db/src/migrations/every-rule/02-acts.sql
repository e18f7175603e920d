-- What is true of single accounts: benefits, absences, interruptions, volumes and coefficients that an act sets.

-- A whole number is hundred-millions, a per cent is the per cent itself (0.15 % is 15000000), a degree is a degree.
insert into rate (country, kind, value, document, valid, known)
select 'RU', kind, round(value * 100000000)::bigint, document, daterange(since::date, null), tstzrange('2020-01-01T00:00:00Z', null)
from (values
  ('ABSENCE_DAYS', 5, 'ПП № 354 от 06.05.2011, п. 86', '2017-01-01'),
  ('INTERRUPTION_PERCENT', 0.15, 'ПП № 354 от 06.05.2011, приложение № 1', '2012-09-01'),
  ('HEATING_DEGREE_PERCENT', 0.15, 'ПП № 354 от 06.05.2011, приложение № 1', '2012-09-01'),
  ('HOT_WATER_DAY_MINIMUM', 57, 'ПП № 354 от 06.05.2011, приложение № 1', '2012-09-01'),
  ('HOT_WATER_NIGHT_MINIMUM', 55, 'ПП № 354 от 06.05.2011, приложение № 1', '2012-09-01')
) as legal(kind, value, document, since);

-- Meters that stopped counting: the closing looks for those of a house, of which there are few.
create index fact_of_meter_ended on fact (organization_id, house_id, upper(valid))
  where upper_inf(known) and kind in ('METER_WORKING', 'METER_VERIFIED') and not upper_inf(valid);

create table account_act (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  house_id bigint not null,
  account_id bigint,
  service_id bigint,
  kind text not null constraint account_act_kind_known check (kind in (
    'ABSENCE', 'INTERRUPTION', 'HOT_WATER_TEMPERATURE', 'HEATING_TEMPERATURE', 'VOLUME', 'COEFFICIENT')),
  document text not null constraint account_act_has_a_document check (document <> ''),
  people bigint,
  hours bigint,
  allowed_hours bigint,
  degree_hours bigint,
  slots jsonb,
  volume bigint,
  coefficient bigint,
  valid daterange not null constraint account_act_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  client_key text,
  created_by bigint references portal_user,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint account_act_in_house foreign key (organization_id, house_id) references house,
  constraint account_act_of_account foreign key (organization_id, account_id) references account,
  constraint account_act_of_service foreign key (organization_id, service_id) references service,
  constraint account_act_says_its_numbers check (case kind
    when 'ABSENCE' then people > 0 and service_id is null
    when 'INTERRUPTION' then hours > 0 and allowed_hours >= 0
    when 'HOT_WATER_TEMPERATURE' then slots is not null
    when 'HEATING_TEMPERATURE' then degree_hours > 0
    when 'VOLUME' then volume >= 0
    else coefficient > 0 end),
  constraint account_act_of_its_kind check (
    num_nonnulls(people) = (kind = 'ABSENCE')::integer and num_nonnulls(hours) = (kind = 'INTERRUPTION')::integer
    and num_nonnulls(allowed_hours) = (kind = 'INTERRUPTION')::integer
    and num_nonnulls(slots) = (kind = 'HOT_WATER_TEMPERATURE')::integer
    and num_nonnulls(degree_hours) = (kind = 'HEATING_TEMPERATURE')::integer
    and num_nonnulls(volume) = (kind = 'VOLUME')::integer
    and num_nonnulls(coefficient) = (kind = 'COEFFICIENT')::integer),
  constraint account_act_of_a_service check (kind = 'ABSENCE' or service_id is not null),
  constraint account_act_of_a_house_is_quality check (
    account_id is not null or kind in ('INTERRUPTION', 'HOT_WATER_TEMPERATURE', 'HEATING_TEMPERATURE')),
  constraint account_act_within_a_month check (kind in ('ABSENCE', 'COEFFICIENT') or (
    lower(valid) is not null and upper(valid) is not null
    and extract(year from lower(valid)) = extract(year from upper(valid) - 1)
    and extract(month from lower(valid)) = extract(month from upper(valid) - 1))),
  constraint account_act_one_truth exclude using gist (organization_id with =, account_id with =, service_id with =,
    kind with =, valid with &&, known with &&) where (kind in ('VOLUME', 'COEFFICIENT'))
);
comment on table account_act is
  'What an act or an application says of an account, or of all accounts of a house where account_id is null.';
comment on column account_act.people is 'Who is away, millionths of a person; valid holds the full days between departure and arrival.';
comment on column account_act.hours is 'How long an interruption took in the month, millionths of an hour.';
comment on column account_act.allowed_hours is 'How long it may take in a month, millionths of an hour.';
comment on column account_act.degree_hours is 'Degrees below the lowest allowed times hours, millionths.';
comment on column account_act.slots is 'Hot water: [{temperature, hours, night}], numbers as text in millionths.';
comment on column account_act.volume is 'What is charged for the month instead of what was counted, millionths of the unit.';
comment on column account_act.coefficient is 'By what the norm is multiplied, hundred-millionths.';
create unique index account_act_sent_once on account_act (organization_id, client_key) where client_key is not null;
create index account_act_by_house on account_act (organization_id, house_id);
create index account_act_by_account on account_act (organization_id, account_id);
create index account_act_by_service on account_act (organization_id, service_id);
create index account_act_by_author on account_act (created_by);

create table benefit_right (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  house_id bigint not null,
  account_id bigint not null,
  service_id bigint not null,
  category text not null constraint benefit_right_has_a_category check (category <> ''),
  document text not null constraint benefit_right_has_a_document check (document <> ''),
  percent bigint not null constraint benefit_right_percent_sane check (percent > 0 and percent <= 10000000000),
  beneficiaries bigint constraint benefit_right_of_somebody check (beneficiaries > 0),
  within_norm boolean not null,
  valid daterange not null constraint benefit_right_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  client_key text,
  created_by bigint references portal_user,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint benefit_right_in_house foreign key (organization_id, house_id) references house,
  constraint benefit_right_of_account foreign key (organization_id, account_id) references account,
  constraint benefit_right_of_service foreign key (organization_id, service_id) references service,
  constraint benefit_right_one_truth exclude using gist (organization_id with =, account_id with =, service_id with =,
    category with =, valid with &&, known with &&)
);
comment on table benefit_right is 'A right of an account to pay less for a service: a reduction in the bill, not money paid to a person.';
comment on column benefit_right.percent is 'Of the price, hundred-millionths of a per cent.';
comment on column benefit_right.beneficiaries is 'Who has it of all who live there, millionths of a person; null for the whole household.';
comment on column benefit_right.within_norm is 'No more than the norm for each person counts.';
create unique index benefit_right_sent_once on benefit_right (organization_id, client_key) where client_key is not null;
create index benefit_right_by_house on benefit_right (organization_id, house_id);
create index benefit_right_by_account on benefit_right (organization_id, account_id);
create index benefit_right_by_service on benefit_right (organization_id, service_id);
create index benefit_right_by_author on benefit_right (created_by);

-- An account that is named lies in the house that is named: the journal goes by the house.
create function refuse_act_of_another_house() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from changed c
    left join account a on (a.organization_id, a.id, a.house_id) = (c.organization_id, c.account_id, c.house_id)
    where c.account_id is not null and a.id is null) then
    raise exception 'an act of an account in another house' using errcode = 'LG007';
  end if;
  return null;
end $$;
revoke all on function refuse_act_of_another_house() from public;
grant execute on function refuse_act_of_another_house() to kvartal_runtime;

do $$
declare t text;
begin
  foreach t in array array['account_act', 'benefit_right'] loop
    execute format('create trigger %I after insert on %I referencing new table as changed
      for each statement execute function journal_house_inputs()', t || '_journal_insert', t);
    execute format('create trigger %I after update on %I referencing new table as changed
      for each statement execute function journal_house_inputs()', t || '_journal_update', t);
    execute format('create trigger %I after insert on %I referencing new table as changed
      for each statement execute function refuse_act_of_another_house()', t || '_of_its_house', t);
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewritten_fact()',
      t || '_never_rewritten', t);
    execute format('grant select, insert, update on %I to kvartal_runtime', t);
  end loop;
end $$;

-- A closed month's reading never changes; what it should have been is said beside it. Recalculation charges the month anew,
-- and later months begin where the correction says.
create table reading_correction (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  house_id bigint not null,
  register_id bigint not null,
  month date not null constraint reading_correction_month_is_first_day check (extract(day from month) = 1),
  taken_on date not null,
  value bigint not null constraint reading_correction_value_not_negative check (value >= 0),
  document text not null constraint reading_correction_has_a_document check (document <> ''),
  known tstzrange not null,
  client_key text,
  created_by bigint references portal_user,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint reading_correction_in_house foreign key (organization_id, house_id) references house,
  constraint reading_correction_of_register foreign key (organization_id, register_id) references register,
  constraint reading_correction_one_truth exclude using gist (organization_id with =, register_id with =, month with =, known with &&)
);
comment on table reading_correction is 'What a register should have been read at in a month that is closed.';
comment on column reading_correction.value is 'Millionths of the register''s unit.';
create unique index reading_correction_sent_once on reading_correction (organization_id, client_key) where client_key is not null;
create index reading_correction_by_house on reading_correction (organization_id, house_id);
create index reading_correction_by_register on reading_correction (organization_id, register_id);
create index reading_correction_by_author on reading_correction (created_by);

-- What was learnt about closed months since they were closed: an input of theirs, noted by the database in the transaction
-- that brought it, so that none is missed and none is looked for by its time.
create table recalculation_due (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  house_id bigint,
  account_id bigint,
  first_month date not null,
  cause text not null,
  source_id bigint not null,
  done_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint recalculation_due_in_house foreign key (organization_id, house_id) references house,
  constraint recalculation_due_of_account foreign key (organization_id, account_id) references account
);
comment on table recalculation_due is 'Closed months whose inputs have changed: of an account, or of all where a tariff or a norm changed.';
comment on column recalculation_due.cause is 'The table that the change is in; source_id is its row.';
create index recalculation_due_open on recalculation_due (organization_id, house_id) where done_at is null;
create index recalculation_due_by_house on recalculation_due (organization_id, house_id);
create index recalculation_due_by_account on recalculation_due (organization_id, account_id);

-- A closed month of an account charged anew: what differs from the books, posted as movements of that source.
create table recalculation (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  house_id bigint not null,
  account_id bigint not null,
  month date not null constraint recalculation_month_is_first_day check (extract(day from month) = 1),
  -- [{cause, sourceId}] of recalculation_due
  causes jsonb not null,
  created_by bigint references portal_user,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint recalculation_in_house foreign key (organization_id, house_id) references house,
  constraint recalculation_of_account foreign key (organization_id, account_id) references account
);
comment on table recalculation is 'A closed month of an account that was charged anew, and why.';
create index recalculation_by_house on recalculation (organization_id, house_id, month);
create index recalculation_by_account on recalculation (organization_id, account_id, month);
create index recalculation_by_author on recalculation (created_by);

create table recalculation_line (
  organization_id bigint not null references organization,
  recalculation_id bigint not null,
  service_id bigint not null,
  supplier_id bigint not null,
  quantity bigint not null,
  amount bigint not null,
  -- what the price alone charges for the month by it, not a difference: a later reading of the month is settled against that
  net_charged bigint not null,
  created_at timestamptz not null,
  primary key (organization_id, recalculation_id, service_id, supplier_id),
  constraint recalculation_line_of_recalculation foreign key (organization_id, recalculation_id) references recalculation,
  constraint recalculation_line_of_service foreign key (organization_id, service_id) references service,
  constraint recalculation_line_of_supplier foreign key (organization_id, supplier_id) references supplier
);
comment on table recalculation_line is 'What a month charged anew differs by: millionths of the unit, minor units of money.';
create index recalculation_line_by_service on recalculation_line (organization_id, service_id);
create index recalculation_line_by_supplier on recalculation_line (organization_id, supplier_id);

alter table movement drop constraint movement_source_known,
  add constraint movement_source_known check (source_kind in ('PAYMENT', 'STAFF', 'CLOSING', 'RECALCULATION'));

create function first_closed_month(organization bigint, days daterange) returns date language sql stable as $$
  select min(month) from period where organization_id = organization and state = 'CLOSED'
    and days && daterange(month, (month + interval '1 month')::date)
$$;

create function note_recalculation_of_fact() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- whoever fills a town before its first month is closed pays no more than this look
  if not exists (
    select from (select distinct organization_id from changed) c
    join period p on p.organization_id = c.organization_id and p.state = 'CLOSED') then
    return null;
  end if;
  -- what a house shared stays as it was closed: its own facts and meters are left out, but the days of its heating
  insert into recalculation_due (organization_id, house_id, account_id, first_month, cause, source_id)
    with late as materialized (
      select organization_id, subject, subject_id, id, first_closed_month(organization_id, valid) as month from changed
      where subject <> 'HOUSE' or kind = 'HEATING_ON'),
    concerned as (
      select l.*, a.house_id, a.id as account_id from late l
      join account a on a.organization_id = l.organization_id and a.id = l.subject_id where l.subject = 'ACCOUNT'
      union all
      select l.*, a.house_id, a.id from late l
      join account a on a.organization_id = l.organization_id and a.premises_id = l.subject_id where l.subject = 'PREMISES'
      union all
      select l.*, l.subject_id, null from late l where l.subject = 'HOUSE'
      union all
      select l.*, m.house_id, m.account_id from late l
      join meter m on m.organization_id = l.organization_id and m.id = l.subject_id
      where l.subject = 'METER' and m.account_id is not null)
    select organization_id, house_id, account_id, month, 'fact', id from concerned where month is not null;
  return null;
end $$;
create function note_recalculation_of_account() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (
    select from (select distinct organization_id from changed) c
    join period p on p.organization_id = c.organization_id and p.state = 'CLOSED') then
    return null;
  end if;
  insert into recalculation_due (organization_id, house_id, account_id, first_month, cause, source_id)
    select organization_id, house_id, account_id, first_closed_month(organization_id, valid), tg_table_name, id
    from changed where first_closed_month(organization_id, valid) is not null;
  return null;
end $$;
create function note_recalculation_of_reading() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into recalculation_due (organization_id, house_id, account_id, first_month, cause, source_id)
    select c.organization_id, c.house_id, m.account_id, c.month, 'reading_correction', c.id
    from changed c
    join register r on r.organization_id = c.organization_id and r.id = c.register_id
    join meter m on m.organization_id = r.organization_id and m.id = r.meter_id and m.house_id = c.house_id
    where m.account_id is not null;
  return null;
end $$;
create function note_recalculation_of_all() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into recalculation_due (organization_id, first_month, cause, source_id)
    select organization_id, first_closed_month(organization_id, valid), tg_table_name, id
    from changed where first_closed_month(organization_id, valid) is not null;
  return null;
end $$;

-- a month that was opened again and closed anew has what was recalculated of it in its lines: that is taken back
create function note_recalculation_of_period() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into recalculation_due (organization_id, house_id, account_id, first_month, cause, source_id)
    select distinct r.organization_id, r.house_id, r.account_id, r.month, 'period', new.id from recalculation r
    where r.organization_id = new.organization_id and r.month = new.month;
  return null;
end $$;
create trigger period_recalculates after update on period for each row
  when (old.closing_id is distinct from new.closing_id and old.closing_id is not null)
  execute function note_recalculation_of_period();
revoke all on function note_recalculation_of_period() from public;
grant execute on function note_recalculation_of_period() to kvartal_runtime;

create function note_recalculation_of_plan() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into recalculation_due (organization_id, first_month, cause, source_id)
    select c.organization_id, first_closed_month(c.organization_id, t.valid), 'tariff_plan', c.id
    from changed c join tariff t on t.organization_id = c.organization_id and t.id = c.tariff_id
    where first_closed_month(c.organization_id, t.valid) is not null;
  return null;
end $$;

do $$
declare t text; noted text;
begin
  for t, noted in select * from (values ('fact', 'fact'), ('account_service', 'account'), ('account_act', 'account'),
    ('benefit_right', 'account'), ('reading_correction', 'reading'), ('tariff', 'all'), ('norm', 'all'), ('service_terms', 'all'),
    ('tariff_plan', 'plan')) as x(t, noted)
  loop
    execute format('create trigger %I after insert on %I referencing new table as changed
      for each statement execute function %I()', t || '_recalculates_insert', t, 'note_recalculation_of_' || noted);
    execute format('create trigger %I after update on %I referencing new table as changed
      for each statement execute function %I()', t || '_recalculates_update', t, 'note_recalculation_of_' || noted);
    execute format('revoke all on function %I() from public', 'note_recalculation_of_' || noted);
    execute format('grant execute on function %I() to kvartal_runtime', 'note_recalculation_of_' || noted);
  end loop;
  for t in values ('reading_correction') loop
    execute format('create trigger %I after insert on %I referencing new table as changed
      for each statement execute function journal_house_inputs()', t || '_journal_insert', t);
    execute format('create trigger %I after update on %I referencing new table as changed
      for each statement execute function journal_house_inputs()', t || '_journal_update', t);
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewritten_fact()',
      t || '_never_rewritten', t);
  end loop;
  foreach t in array array['recalculation', 'recalculation_line'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_ledger_change()',
      t || '_only_grows', t);
  end loop;
end $$;
revoke all on function first_closed_month(bigint, daterange) from public;
grant execute on function first_closed_month(bigint, daterange) to kvartal_runtime;
grant select, insert, update on reading_correction, recalculation_due to kvartal_runtime;
grant select, insert on recalculation, recalculation_line to kvartal_runtime;
