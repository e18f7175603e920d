-- The closing's protocol: one door for every writer of an input, a journal of changes, a net under both.

create function ledger_key(organization bigint) returns bigint language sql immutable
  as $$ select hashtextextended('ledger', organization) $$;

-- Every writer of a reading, a fact or money calls this first. Each statement of a volatile function has its own
-- snapshot in READ COMMITTED: the open period is read after the lock is held, never in the lock's own snapshot.
create function ledger_enter(organization bigint) returns bigint language plpgsql volatile as $$
declare open_period bigint;
begin
  perform pg_advisory_xact_lock_shared(ledger_key(organization));
  select id into open_period from period where organization_id = organization and state = 'OPEN';
  if open_period is null then
    raise exception 'organisation % has no open period', organization using errcode = 'LG002';
  end if;
  return open_period;
end $$;

create function journal_house_inputs() returns trigger language plpgsql as $$
begin
  insert into input_change (organization_id, house_id, kind)
    select distinct organization_id, house_id, tg_table_name from changed;
  return null;
end $$;
create function journal_organization_inputs() returns trigger language plpgsql as $$
begin
  insert into input_change (organization_id, house_id, kind)
    select distinct organization_id, 0, tg_table_name from changed;
  return null;
end $$;

-- Money is not among them: after the cut it posts to the next period and cannot change the month that is being closed.
do $$
declare t text;
begin
  foreach t in array array['fact', 'reading', 'account_service', 'account'] loop
    execute format('create trigger %I after insert on %I referencing new table as changed
      for each statement execute function journal_house_inputs()', t || '_journal_insert', t);
    execute format('create trigger %I after update on %I referencing new table as changed
      for each statement execute function journal_house_inputs()', t || '_journal_update', t);
  end loop;
  foreach t in array array['tariff', 'norm'] loop
    execute format('create trigger %I after insert on %I referencing new table as changed
      for each statement execute function journal_organization_inputs()', t || '_journal_insert', t);
    execute format('create trigger %I after update on %I referencing new table as changed
      for each statement execute function journal_organization_inputs()', t || '_journal_update', t);
  end loop;
end $$;

-- The net: what forgot the door fails here instead of being lost. LG001 is worth a retry. It looks at our tables only:
-- a session's own temporary table of the same name would otherwise come first.
create function refuse_movement_outside_open_period() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from (select distinct organization_id, period_id from changed) c
    left join period p on p.organization_id = c.organization_id and p.id = c.period_id and p.state = 'OPEN'
    where p.id is null) then
    raise exception 'the period is not open' using errcode = 'LG001';
  end if;
  return null;
end $$;
create trigger movement_in_open_period after insert on movement referencing new table as changed
  for each statement execute function refuse_movement_outside_open_period();

create function refuse_reading_of_closed_month() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from (select distinct organization_id, month from changed) c
    join period p on p.organization_id = c.organization_id and p.month = c.month and p.state = 'CLOSED') then
    raise exception 'the month of this reading is closed' using errcode = 'LG004';
  end if;
  return null;
end $$;
create trigger reading_of_unclosed_month_insert after insert on reading referencing new table as changed
  for each statement execute function refuse_reading_of_closed_month();
create trigger reading_of_unclosed_month_update after update on reading referencing new table as changed
  for each statement execute function refuse_reading_of_closed_month();
-- nor is one taken out of a closed month, by moving it to another or by deleting it
create trigger reading_of_unclosed_month_left after update on reading referencing old table as changed
  for each statement execute function refuse_reading_of_closed_month();
create trigger reading_of_unclosed_month_delete after delete on reading referencing old table as changed
  for each statement execute function refuse_reading_of_closed_month();

-- Rows that refer to one of several tables, or that are written by the hundred thousand, have no foreign keys: a batch is
-- looked up in one go. What points nowhere in its own organisation and house is refused.
create function refuse_fact_of_nothing() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from changed c
    left join premises p on c.subject = 'PREMISES' and (p.organization_id, p.id, p.house_id) = (c.organization_id, c.subject_id, c.house_id)
    left join account a on c.subject = 'ACCOUNT' and (a.organization_id, a.id, a.house_id) = (c.organization_id, c.subject_id, c.house_id)
    left join meter m on c.subject = 'METER' and (m.organization_id, m.id, m.house_id) = (c.organization_id, c.subject_id, c.house_id)
    where coalesce(p.id, a.id, m.id) is null and (c.subject <> 'HOUSE' or c.subject_id <> c.house_id)) then
    raise exception 'a fact of nothing in its house' using errcode = 'LG007';
  end if;
  return null;
end $$;
create trigger fact_of_its_subject after insert on fact referencing new table as changed
  for each statement execute function refuse_fact_of_nothing();

-- lots come by the million, once a committed closing, which is never deleted
create function refuse_debt_of_nobody() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from (select distinct organization_id, closing_id from changed) n
    left join closing c on (c.organization_id, c.id, c.state) = (n.organization_id, n.closing_id, 'COMMITTED')
    where c.id is null) then
    raise exception 'a debt of a closing that is not committed' using errcode = 'LG006';
  end if;
  if exists (
    select from (select distinct organization_id, account_id from changed) n
    left join account a on (a.organization_id, a.id) = (n.organization_id, n.account_id)
    where a.id is null) or exists (
    select from (select distinct organization_id, service_id, supplier_id from changed) n
    left join service s on (s.organization_id, s.id) = (n.organization_id, n.service_id)
    left join supplier u on (u.organization_id, u.id) = (n.organization_id, n.supplier_id)
    where s.id is null or u.id is null) then
    raise exception 'a debt of nobody in its organisation' using errcode = 'LG007';
  end if;
  return null;
end $$;
create trigger debt_lot_of_its_organization after insert on debt_lot referencing new table as changed
  for each statement execute function refuse_debt_of_nobody();

-- Of a fact's row only the end of `known` may change, once: a correction is a new row.
create function refuse_rewritten_fact() returns trigger language plpgsql as $$
declare was jsonb := to_jsonb(old) - 'known'; becomes jsonb := to_jsonb(new) - 'known';
begin
  if tg_op = 'DELETE' then
    raise exception 'a fact is never deleted: end its known range' using errcode = 'LG005';
  end if;
  if was <> becomes or lower(old.known) is distinct from lower(new.known) or not upper_inf(old.known) or isempty(new.known) then
    raise exception 'a fact is never rewritten: end its known range and add a row' using errcode = 'LG005';
  end if;
  return new;
end $$;
do $$
declare t text;
begin
  foreach t in array array['fact', 'holder', 'tariff', 'norm', 'rate', 'account_service'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewritten_fact()',
      t || '_never_rewritten', t);
  end loop;
end $$;

-- The preview's table: made, keyed, attached and dropped by the migrating role on behalf of the runtime, which has no
-- DDL of its own. Each checks that the closing is in the state that allows it.
create function closing_table(closing bigint) returns text language sql immutable
  as $$ select 'statement_line_' || closing $$;

-- The ledger has no foreign keys: a line that points nowhere is refused where it is loaded, a batch in one go, so that
-- neither the verification nor the commit has to look for one.
create function refuse_line_of_nothing() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from (select distinct organization_id, account_id, house_id from changed) n
    left join account a on (a.organization_id, a.id, a.house_id) = (n.organization_id, n.account_id, n.house_id)
    where a.id is null) or exists (
    select from (select distinct organization_id, service_id, supplier_id from changed) n
    left join service s on (s.organization_id, s.id) = (n.organization_id, n.service_id)
    left join supplier u on (u.organization_id, u.id) = (n.organization_id, n.supplier_id)
    where s.id is null or u.id is null) then
    raise exception 'a line of nothing in its organisation' using errcode = 'LG007';
  end if;
  return null;
end $$;

create function closing_make_preview(organization bigint, closing_number bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare name text := closing_table(closing_number);
begin
  perform from closing where organization_id = organization and id = closing_number and state = 'COMPUTING';
  if not found then raise exception 'closing % is not computing', closing_number using errcode = 'LG006'; end if;
  execute format('create table %I (like statement_line including defaults including constraints including storage,
    constraint %I check (closing_id = %s and organization_id = %s))', name, name || '_bound', closing_number, organization);
  execute format('alter table %I alter organization_id set default %s, alter closing_id set default %s',
    name, organization, closing_number);
  execute format('create trigger %I after insert on %I referencing new table as changed
    for each statement execute function refuse_line_of_nothing()', name || '_of_its_organization', name);
  execute format('grant select, insert, delete on %I to kvartal_runtime', name);
end $$;

create function closing_key_preview(organization bigint, closing_number bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare name text := closing_table(closing_number);
begin
  perform from closing where organization_id = organization and id = closing_number and state in ('COMPUTING', 'READY');
  if not found then raise exception 'closing % is not alive', closing_number using errcode = 'LG006'; end if;
  if not exists (select from pg_constraint where conrelid = to_regclass(name) and contype = 'p') then
    execute format('alter table %I add constraint %I primary key
      (organization_id, account_id, service_id, supplier_id, closing_id)', name, name || '_pkey');
  end if;
  -- of the columns that statements look for; the sums would cost as much again
  execute format('analyze %I (organization_id, closing_id, house_id, account_id, service_id, supplier_id, method)', name);
end $$;

create function closing_attach(organization bigint, closing_number bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare name text := closing_table(closing_number);
begin
  perform from closing where organization_id = organization and id = closing_number and state = 'READY';
  if not found then raise exception 'closing % is not ready', closing_number using errcode = 'LG006'; end if;
  execute format('revoke insert, delete on %I from kvartal_runtime', name);
  execute format('alter table statement_line attach partition %I for values in (%s)', name, closing_number);
end $$;

create function closing_drop_preview(organization bigint, closing_number bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare name text := closing_table(closing_number);
begin
  perform from closing where organization_id = organization and id = closing_number and state = 'DISCARDED';
  if not found then raise exception 'closing % is not discarded', closing_number using errcode = 'LG006'; end if;
  if exists (select from pg_inherits where inhrelid = to_regclass(name)) then
    raise exception 'closing % is part of the ledger', closing_number using errcode = 'LG003';
  end if;
  execute format('drop table if exists %I', name);
end $$;

-- The journal is of use while a closing is alive. The horizon is taken before looking for one: whatever closing starts
-- after the look computes with a snapshot that sees everything older than the horizon.
create function closing_forget_changes(organization bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
begin
  if not exists (select from closing where organization_id = organization and state in ('COMPUTING', 'READY', 'FAILED')) then
    delete from input_change where organization_id = organization and xid < horizon;
  end if;
end $$;

-- A committed or discarded closing, and a closed period, stay as they are.
create function refuse_ended_closing() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state in ('COMMITTED', 'DISCARDED') then
    raise exception 'closing % has ended', old.id using errcode = 'LG003';
  end if;
  return new;
end $$;
create trigger closing_ended_stays before update or delete on closing for each row execute function refuse_ended_closing();

create function refuse_period_step() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.month <> new.month or (old.state, new.state) not in (
    ('OPEN', 'OPEN'), ('OPEN', 'CLOSING'), ('CLOSING', 'CLOSING'), ('CLOSING', 'CLOSED'), ('CLOSING', 'OPEN')) then
    raise exception 'period %: no way from % to %', old.id, old.state, new.state using errcode = 'LG006';
  end if;
  return new;
end $$;
create trigger period_step before update or delete on period for each row execute function refuse_period_step();
