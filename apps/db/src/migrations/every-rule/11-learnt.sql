-- What stands in a row of its own and not in dated facts, and yet charges: the days that an account is open, and how its
-- organisation charges. The row says what is believed now; what was believed before, and until when, is kept by the database,
-- whoever edits the row: a closed month, its checks and a past day stay as they were.

create table account_open (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  account_id bigint not null,
  valid daterange not null constraint account_open_valid_not_empty check (not isempty(valid)),
  known tstzrange not null constraint account_open_known_is_past check (not isempty(known) and not upper_inf(known)),
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint account_open_of_account foreign key (organization_id, account_id) references account,
  constraint account_open_one_truth exclude using gist (organization_id with =, account_id with =, known with &&)
);
comment on table account_open is 'The days on which an account was believed to be open, until its row was edited.';
create index account_open_by_account on account_open (organization_id, account_id);

create function keep_account_open() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  since timestamptz := (select max(upper(known)) from account_open where organization_id = old.organization_id and account_id = old.id);
  changed daterange := daterange(case
    when old.opened_on <> new.opened_on then least(old.opened_on, new.opened_on)
    else least(coalesce(old.closed_on, 'infinity'), coalesce(new.closed_on, 'infinity')) end, null);
  first_month date := first_closed_month(old.organization_id, changed);
begin
  -- what stood in between two edits of one transaction, nobody has believed
  if since is distinct from now() then
    insert into account_open (organization_id, account_id, valid, known, created_at)
    values (old.organization_id, old.id, daterange(old.opened_on, old.closed_on, '[]'), tstzrange(since, now()), now());
  end if;
  if first_month is not null then
    insert into recalculation_due (organization_id, house_id, account_id, first_month, cause, source_id)
    values (old.organization_id, old.house_id, old.id, first_month, 'account', old.id);
  end if;
  return null;
end $$;
create trigger account_open_is_kept after update of opened_on, closed_on on account for each row
  when ((old.opened_on, old.closed_on) is distinct from (new.opened_on, new.closed_on)) execute function keep_account_open();

-- An edit holds from the first month that is not closed: the months before stay with what they were charged by.
create table charging_settings (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  settings jsonb not null,
  valid daterange not null constraint charging_settings_valid_not_empty check (not isempty(valid)),
  known tstzrange not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint charging_settings_one_truth exclude using gist (organization_id with =, valid with &&, known with &&)
);
comment on table charging_settings is 'How an organisation charged months that were closed before its settings were edited.';

create function keep_charging_settings() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  until date := (select (max(month) + interval '1 month')::date from period where organization_id = old.id and state = 'CLOSED');
  since date := (select max(upper(valid)) from charging_settings where organization_id = old.id);
begin
  if until is not null and since is distinct from until then
    insert into charging_settings (organization_id, settings, valid, known, created_at)
    values (old.id, coalesce(old.settings -> 'charging', '{}'), daterange(since, until), tstzrange(now(), null), now());
  end if;
  insert into input_change (organization_id, house_id, kind) values (old.id, 0, 'organization');
  return null;
end $$;
create trigger charging_settings_are_kept after update of settings on organization for each row
  when (old.settings -> 'charging' is distinct from new.settings -> 'charging') execute function keep_charging_settings();

do $$
declare t text;
begin
  foreach t in array array['account_open', 'charging_settings'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_rewritten_fact()',
      t || '_never_rewritten', t);
  end loop;
end $$;
revoke all on function keep_account_open(), keep_charging_settings() from public;
grant execute on function keep_account_open(), keep_charging_settings() to kvartal_runtime;
grant select, insert, update on account_open, charging_settings to kvartal_runtime;
