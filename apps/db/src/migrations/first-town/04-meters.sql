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
  known tstzrange not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint reading_in_house foreign key (organization_id, house_id) references house,
  constraint reading_of_register foreign key (organization_id, register_id) references register,
  constraint reading_only_accepted_settles check (state = 'ACCEPTED' or not settles),
  -- two who enter the same month of a register at once: one of them has to look again
  constraint reading_one_per_version unique (organization_id, register_id, month, version)
);
-- the month is charged by one reading of a register, never by two
create unique index reading_one_settles on reading (organization_id, register_id, month) where settles;
create unique index reading_sent_once on reading (organization_id, register_id, client_key) where client_key is not null;
create index reading_by_house on reading (organization_id, house_id, month) where upper_inf(known);
create index reading_by_author on reading (created_by);

-- The intake's hot path: one statement reads all that decides about readings, one writes what was decided. As functions
-- because their plans are then kept: planned anew each time, as every unnamed statement is, the reading half costs four
-- times as much. They hold no rule of the trade.

-- Registers with their meters, the meters' facts as known now, and their readings since a month: all since `recent`, of
-- the months before those that settle, and those that were sent under one of the keys.
create function registers_state(organization bigint, registers bigint[], since date, recent date, keys text[]) returns json
language plpgsql stable as $$
begin
  return (
    select json_agg(json_build_object('id', g.id::text, 'meterId', m.id::text, 'houseId', m.house_id::text,
      'accountId', m.account_id::text, 'resource', m.resource, 'serial', m.serial, 'place', m.place,
      'zone', g.zone, 'digits', g.digits, 'decimals', g.decimals, 'factor', m.factor::text,
      'facts', (
        select json_agg(json_build_array(f.kind, f.value > 0, lower(f.valid), upper(f.valid))) from fact f
        where f.organization_id = organization and f.subject = 'METER' and f.subject_id = m.id and upper_inf(f.known)),
      'readings', (
        select json_agg(json_build_array(r.id::text, r.month, r.taken_on, r.value::text, r.source, r.state, r.settles,
          r.version, r.unusual, r.client_key, r.created_at))
        from reading r
        where r.organization_id = organization and r.register_id = g.id and r.month >= since
          and (r.settles or r.month >= recent or r.client_key = any(keys)))))
    from register g join meter m on m.organization_id = g.organization_id and m.id = g.meter_id
    where g.organization_id = organization and g.id = any(registers));
end $$;

-- All registers of an account (`registers` null) or the named ones of an organisation, what the organisation says about
-- intake, and whether a person has the account linked. What is not the organisation's own is left out.
create function intake_state(organization bigint, account bigint, registers bigint[], person bigint, since date,
  recent date, keys text[]) returns json
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
  if registers is null then
    registers := array(
      select g.id from meter m join register g on g.organization_id = m.organization_id and g.meter_id = m.id
      where m.organization_id = organization and m.account_id = account);
  end if;
  return (
    select json_build_object('timeZone', o.time_zone, 'settings', o.settings -> 'readings', 'open', (
        select json_build_array(p.id::text, p.month) from period p
        where p.organization_id = organization and p.state = 'OPEN'),
      'isLinked', exists (
        select from account_link l
        where l.user_id = person and l.organization_id = organization and l.account_id = account
          and l.ended_at is null),
      'registers', registers_state(organization, registers, since, recent, keys))
    from organization o where o.id = organization);
end $$;

-- Enters readings by the ledger's door and takes `settles` from those that no longer stand. Fails with LG001 where the
-- period has moved on since the decision, or a reading that it counted on has changed: then it has to be taken again.
-- A reading is known from the moment that it names as its own, and one that no longer stands until then.
create function reading_enter(organization bigint, open_period bigint, entered json, changed json)
returns table (id bigint, register_id bigint, month text, version integer)
language plpgsql volatile set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  expected integer := json_array_length(changed); found_changed integer;
  moment timestamptz := entered -> 0 ->> 'created_at';
begin
  if ledger_enter(organization) <> open_period then
    raise exception 'the open period has changed' using errcode = 'LG001';
  end if;
  if expected > 0 then
    update reading r set state = c.state, settles = false,
      known = case when c.state = 'ACCEPTED' then r.known
        else tstzrange(lower(r.known), greatest(moment, lower(r.known) + interval '1 microsecond')) end
    from json_to_recordset(changed) as c(id bigint, state text)
    where r.organization_id = organization and r.id = c.id and r.state = 'ACCEPTED';
    get diagnostics found_changed = row_count;
    if found_changed <> expected then
      raise exception 'a reading has changed meanwhile' using errcode = 'LG001';
    end if;
  end if;
  return query
    insert into reading (organization_id, house_id, register_id, month, taken_on, value, source, state, settles, version,
      unusual, client_key, created_by, created_at, known)
    select organization, e.house_id, e.register_id, e.month, e.taken_on, e.value, e.source, e.state, e.settles, e.version,
      e.unusual, e.client_key, e.created_by, e.created_at,
      tstzrange(e.created_at, case when e.state <> 'ACCEPTED' then e.created_at + interval '1 microsecond' end)
    from json_to_recordset(entered) as e(house_id bigint, register_id bigint, month date, taken_on date, value bigint,
      source text, state text, settles boolean, version integer, unusual boolean, client_key text, created_by bigint, created_at timestamptz)
    returning id, register_id, left(month::text, 7), version;
end $$;
