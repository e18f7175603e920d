-- The closing's decisions by people: what was parked, what was reopened and why.

-- What a person decided about a house that cannot be charged, or about a charge that looks wrong, before a closing was
-- committed. A decision is never rewritten: it ends, and another one begins.
create table closing_decision (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  closing_id bigint not null,
  house_id bigint not null,
  -- null where the whole house is meant
  account_id bigint,
  -- null where the whole account is meant
  service_id bigint,
  supplier_id bigint,
  -- what looked wrong; null of a house that could not be charged
  anomaly text constraint closing_decision_anomaly_known check (anomaly in (
    'ZERO_CHARGE', 'TRIPLED_CHARGE', 'NEGATIVE_LINE', 'OVER_BOUND')),
  choice text not null constraint closing_decision_choice_known check (choice in ('CHARGE', 'HOLD')),
  reason text not null constraint closing_decision_says_why check (length(btrim(reason)) between 3 and 500),
  -- minor units that were looked at: another sum needs another decision; null of a house
  charged bigint,
  decided_by bigint not null references portal_user,
  created_at timestamptz not null,
  ended_by bigint references portal_user,
  ended_at timestamptz,
  primary key (organization_id, id),
  constraint closing_decision_of_closing foreign key (organization_id, closing_id) references closing,
  constraint closing_decision_of_house foreign key (organization_id, house_id) references house,
  constraint closing_decision_of_account foreign key (organization_id, account_id) references account,
  constraint closing_decision_of_service foreign key (organization_id, service_id) references service,
  constraint closing_decision_of_supplier foreign key (organization_id, supplier_id) references supplier,
  constraint closing_decision_of_a_line check ((service_id is null) = (supplier_id is null)
    and (account_id is not null or service_id is null)),
  constraint closing_decision_of_a_house_holds check ((account_id is null) = (anomaly is null)
    and (account_id is null) = (charged is null) and (account_id is not null or choice = 'HOLD')),
  constraint closing_decision_ended_by_somebody check ((ended_at is null) = (ended_by is null))
);
comment on table closing_decision is 'What a person decided before a closing was committed: charge a line as it is, or hold it for the next month.';
create unique index closing_decision_stands on closing_decision
  (organization_id, closing_id, house_id, account_id, service_id, supplier_id) nulls not distinct where ended_at is null;
create index closing_decision_by_house on closing_decision (organization_id, house_id);
create index closing_decision_by_account on closing_decision (organization_id, account_id);
create index closing_decision_by_service on closing_decision (organization_id, service_id);
create index closing_decision_by_supplier on closing_decision (organization_id, supplier_id);
create index closing_decision_by_decider on closing_decision (decided_by);
create index closing_decision_by_ender on closing_decision (ended_by);

-- Whatever is decided of a closing is decided while it is alive.
create function refuse_rewritten_decision() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (old.ended_at is not null
      or to_jsonb(old) - 'ended_at' - 'ended_by' <> to_jsonb(new) - 'ended_at' - 'ended_by')) then
    raise exception 'a decision is never rewritten: end it' using errcode = 'LG005';
  end if;
  if not exists (select from closing c where c.organization_id = new.organization_id and c.id = new.closing_id
      and c.state in ('COMPUTING', 'READY', 'FAILED')) then
    raise exception 'closing % has ended', new.closing_id using errcode = 'LG003';
  end if;
  return new;
end $$;
create trigger closing_decision_never_rewritten before insert or update or delete on closing_decision
  for each row execute function refuse_rewritten_decision();
grant select, insert on closing_decision to kvartal_runtime;
grant update (ended_at, ended_by) on closing_decision to kvartal_runtime;

-- What was held in an earlier month and is charged now, as a recalculation of that month.
create table late_line (
  organization_id bigint not null references organization,
  -- the closing that charges it, and the one that held it
  closing_id bigint not null,
  held_closing_id bigint not null,
  house_id bigint not null,
  account_id bigint not null,
  service_id bigint not null,
  supplier_id bigint not null,
  method text not null,
  -- millionths of the service's unit
  quantity bigint not null,
  common_quantity bigint not null,
  -- millionths of the currency
  price bigint not null,
  tariff_id bigint,
  -- minor units, with benefits and reductions: what the line's recalculation grew by
  recalculated bigint not null,
  -- minor units, without tax on top and what a raised norm added: what a later reading of the month is settled against
  net_charged bigint not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, closing_id, account_id, service_id, supplier_id, held_closing_id),
  constraint late_line_of_closing foreign key (organization_id, closing_id) references closing,
  constraint late_line_of_held_closing foreign key (organization_id, held_closing_id) references closing,
  constraint late_line_of_house foreign key (organization_id, house_id) references house,
  constraint late_line_of_account foreign key (organization_id, account_id) references account,
  constraint late_line_of_service foreign key (organization_id, service_id) references service,
  constraint late_line_of_supplier foreign key (organization_id, supplier_id) references supplier,
  constraint late_line_of_tariff foreign key (organization_id, tariff_id) references tariff
);
comment on table late_line is 'A charge of an earlier month that was held then and is in the recalculation of this closing''s line.';
create index late_line_by_held_closing on late_line (organization_id, held_closing_id);
create index late_line_by_house on late_line (organization_id, house_id);
create index late_line_by_account on late_line (organization_id, account_id);
create index late_line_by_service on late_line (organization_id, service_id);
create index late_line_by_supplier on late_line (organization_id, supplier_id);
create index late_line_by_tariff on late_line (organization_id, tariff_id);

create function refuse_late_line_of_ended_closing() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare closing_number bigint := case tg_op when 'DELETE' then old.closing_id else new.closing_id end;
  organization bigint := case tg_op when 'DELETE' then old.organization_id else new.organization_id end;
begin
  if tg_op = 'UPDATE' or not exists (select from closing c where c.organization_id = organization
      and c.id = closing_number and c.state in ('COMPUTING', 'READY', 'FAILED')) then
    raise exception 'closing % has ended', closing_number using errcode = 'LG003';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger late_line_of_living_closing before insert or update or delete on late_line
  for each row execute function refuse_late_line_of_ended_closing();
grant select, insert, delete on late_line to kvartal_runtime;

-- A closed month that was opened again: it keeps the closing that stands until another one of it is committed.
create table period_reopening (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  period_id bigint not null,
  -- what stood then
  closing_id bigint not null,
  reason text not null constraint period_reopening_says_why check (length(btrim(reason)) between 3 and 500),
  reopened_by bigint not null references portal_user,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint period_reopening_of_period foreign key (organization_id, period_id) references period,
  constraint period_reopening_of_closing foreign key (organization_id, closing_id) references closing,
  constraint period_reopening_once_a_closing unique (organization_id, closing_id)
);
comment on table period_reopening is 'Who opened a closed month again, when and why.';
create index period_reopening_by_period on period_reopening (organization_id, period_id);
create index period_reopening_by_author on period_reopening (reopened_by);
create trigger period_reopening_only_grows before update or delete on period_reopening
  for each row execute function refuse_ledger_change();
grant select, insert on period_reopening to kvartal_runtime;

alter table period drop constraint period_closed_names_its_closing;
alter table period add constraint period_closed_names_its_closing check (
  case state when 'CLOSED' then closing_id is not null when 'OPEN' then closing_id is null else true end);

create or replace function refuse_period_step() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' or old.month <> new.month or (old.state, new.state) not in (
    ('OPEN', 'OPEN'), ('OPEN', 'CLOSING'), ('CLOSING', 'CLOSING'), ('CLOSING', 'CLOSED'), ('CLOSING', 'OPEN'),
    ('CLOSED', 'CLOSING')) then
    raise exception 'period %: no way from % to %', old.id, old.state, new.state using errcode = 'LG006';
  end if;
  -- a month is opened again as it stands, by a record, and only while it is the last one
  if old.state = 'CLOSED' and new.state = 'CLOSING' and (old.closing_id is distinct from new.closing_id
    or exists (select from period p where p.organization_id = new.organization_id and p.month > new.month and p.state <> 'OPEN')
    or not exists (select from period_reopening r where r.organization_id = new.organization_id
      and r.period_id = new.id and r.closing_id = new.closing_id)) then
    raise exception 'period % is not opened again', old.id using errcode = 'LG006';
  end if;
  if old.closing_id is not null and new.closing_id is null then
    raise exception 'period % has been closed before', old.id using errcode = 'LG006';
  end if;
  return new;
end $$;

-- A bill of a month that was closed again names the one that it replaces, which stays as it was.
alter table bill add column replaces_id bigint;
comment on column bill.replaces_id is 'The bill of the same account and month that this one replaces.';
alter table bill add constraint bill_replaces foreign key (organization_id, replaces_id) references bill;
create index bill_by_replaced on bill (organization_id, replaces_id) where replaces_id is not null;

-- What the independent evaluator found when it computed a sample of a closing again.
create table second_opinion (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  closing_id bigint not null,
  -- how much was computed again
  houses integer not null,
  lines integer not null,
  -- [{houseId, accountId, serviceId, supplierId, column, engine, reference}], the first hundred
  differences jsonb not null default '[]',
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint second_opinion_of_closing foreign key (organization_id, closing_id) references closing
);
comment on table second_opinion is 'A sample of a closing computed by the independent evaluator: while the latest one differs, nothing of the closing is published.';
create index second_opinion_by_closing on second_opinion (organization_id, closing_id, id desc);
create trigger second_opinion_only_grows before update or delete on second_opinion
  for each row execute function refuse_ledger_change();
grant select, insert on second_opinion to kvartal_runtime;

-- Why a closing under review charges another sum than the month before: worked out by the worker when staff ask for it.
alter table closing add column difference_asked_at timestamptz;
comment on column closing.difference_asked_at is 'When staff asked why it differs from the month before; null while nobody did.';
create table closing_difference (
  organization_id bigint not null references organization,
  closing_id bigint not null,
  house_id bigint not null,
  -- of the house as it was explained: another digest is another difference
  digest text not null,
  -- [{serviceId, before, after, causes: [{cause, amount, lines}]}], minor units; the causes add up to after - before
  services jsonb not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, closing_id, house_id),
  constraint closing_difference_of_closing foreign key (organization_id, closing_id) references closing,
  constraint closing_difference_of_house foreign key (organization_id, house_id) references house
);
comment on table closing_difference is 'By which causes a house''s charges in a closing differ from those of the month before.';
create index closing_difference_by_house on closing_difference (organization_id, house_id);
grant select, insert, update on closing_difference to kvartal_runtime;

revoke all on all functions in schema public from public;
grant execute on all functions in schema public to kvartal_runtime;
