-- Periods, closings, the ledger, and the movements of money on it. The protocol stands in docs/closing.md.

create table period (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  month date not null constraint period_month_is_first_day check (extract(day from month) = 1),
  state text not null constraint period_state_known check (state in ('OPEN', 'CLOSING', 'CLOSED')),
  -- the closing that stands; null until the month is closed
  closing_id bigint,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint period_month_unique unique (organization_id, month),
  constraint period_closed_names_its_closing check ((state = 'CLOSED') = (closing_id is not null))
);
create unique index period_one_open on period (organization_id) where state = 'OPEN';
create unique index period_one_closing on period (organization_id) where state = 'CLOSING';

create table closing (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  period_id bigint not null,
  revision integer not null default 1,
  state text not null constraint closing_state_known check (state in ('COMPUTING', 'READY', 'FAILED', 'DISCARDED', 'COMMITTED')),
  -- the moment up to which facts were known to this computation
  knew_at timestamptz not null,
  houses integer not null,
  -- what was shown for review; a commit is bound to it
  digest text,
  failure text,
  started_by bigint references portal_user,
  committed_by bigint references portal_user,
  committed_at timestamptz,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint closing_of_period foreign key (organization_id, period_id) references period,
  constraint closing_revision_unique unique (organization_id, period_id, revision)
);
create unique index closing_one_alive on closing (organization_id) where state in ('COMPUTING', 'READY', 'FAILED');
create index closing_by_starter on closing (started_by);
create index closing_by_committer on closing (committed_by);
alter table period add constraint period_closing foreign key (organization_id, closing_id) references closing;
create index period_by_closing on period (organization_id, closing_id);

create table closing_house (
  organization_id bigint not null references organization,
  closing_id bigint not null,
  house_id bigint not null,
  state text not null default 'WAITING' constraint closing_house_state_known check (state in ('WAITING', 'DONE', 'FAILED')),
  snapshot pg_snapshot,
  accounts integer,
  lines integer,
  opening bigint,
  charged bigint,
  paid bigint,
  closing bigint,
  digest text,
  -- what the accounts shared of each common volume, in millionths; previews of the next month take it, carryOut goes on
  commons jsonb not null default '[]',
  failure text,
  -- when this house's bills and debt lots were made, after the commit
  issued_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organization_id, closing_id, house_id),
  constraint closing_house_of_closing foreign key (organization_id, closing_id) references closing,
  constraint closing_house_of_house foreign key (organization_id, house_id) references house
);
create index closing_house_by_house on closing_house (organization_id, house_id);

-- The ledger's row: account x service x supplier x period. Money in minor units, debt positive; quantities and price
-- in millionths. A partition is one closing; it is built beside, keyed, verified, then attached.
create table statement_line (
  organization_id bigint not null,
  closing_id bigint not null,
  house_id bigint not null,
  account_id bigint not null,
  service_id bigint not null,
  supplier_id bigint not null,
  method text not null,
  rule_version smallint not null default 1,
  tariff_id bigint,
  quantity bigint not null default 0,
  common_quantity bigint not null default 0,
  price bigint not null default 0,
  opening bigint not null,
  charged bigint not null,
  recalculated bigint not null,
  underdelivered bigint not null constraint statement_line_underdelivery_reduces check (underdelivered <= 0),
  benefit bigint not null constraint statement_line_benefit_reduces check (benefit <= 0),
  adjusted bigint not null,
  paid bigint not null,
  closing bigint not null,
  constraint statement_line_balances check (
    closing = opening + charged + recalculated + underdelivered + benefit + adjusted - paid),
  primary key (organization_id, account_id, service_id, supplier_id, closing_id)
) partition by list (closing_id);

create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger only grows: % on %', tg_op, tg_relid::regclass using errcode = 'LG003';
end $$;
create trigger statement_line_only_grows before insert or update or delete on statement_line
  for each row execute function refuse_ledger_change();

create table movement (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  period_id bigint not null,
  house_id bigint not null,
  account_id bigint not null,
  service_id bigint not null,
  supplier_id bigint not null,
  kind text not null constraint movement_kind_known check (kind in ('PAYMENT', 'REFUND', 'ADJUSTMENT', 'RECALCULATION', 'UNDERDELIVERY', 'REVERSAL')),
  -- signed effect on the debt: a payment is negative
  amount bigint not null constraint movement_amount_not_zero check (amount <> 0),
  value_date date not null,
  for_month date constraint movement_for_month_is_first_day check (extract(day from for_month) = 1),
  source_kind text not null constraint movement_source_known check (source_kind in ('PAYMENT', 'STAFF', 'CLOSING')),
  source_id bigint not null,
  reverses bigint,
  reason text not null default '',
  created_by bigint references portal_user,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint movement_in_period foreign key (organization_id, period_id) references period,
  constraint movement_in_house foreign key (organization_id, house_id) references house,
  constraint movement_of_account foreign key (organization_id, account_id) references account,
  constraint movement_of_service foreign key (organization_id, service_id) references service,
  constraint movement_of_supplier foreign key (organization_id, supplier_id) references supplier,
  constraint movement_reverses foreign key (organization_id, reverses) references movement,
  constraint movement_once_per_source unique (organization_id, source_kind, source_id, account_id, service_id, supplier_id, kind)
);
create unique index movement_reversed_once on movement (organization_id, reverses) where reverses is not null;
create index movement_by_account on movement (organization_id, account_id, period_id);
create index movement_by_house on movement (organization_id, house_id, period_id);
create index movement_by_period on movement (organization_id, period_id);
create index movement_by_service on movement (organization_id, service_id);
create index movement_by_supplier on movement (organization_id, supplier_id);
create index movement_by_author on movement (created_by);
create trigger movement_only_grows before update or delete on movement
  for each row execute function refuse_ledger_change();

-- A house's negative common consumption carried on to the next month (PP 354 as amended by PP 92 of 2022).
create table common_area_carry (
  organization_id bigint not null references organization,
  closing_id bigint not null,
  house_id bigint not null,
  service_id bigint not null,
  -- millionths of the service's unit, at most zero
  quantity bigint not null constraint common_area_carry_negative check (quantity <= 0),
  created_at timestamptz not null default now(),
  primary key (organization_id, closing_id, house_id, service_id),
  constraint common_area_carry_of_closing foreign key (organization_id, closing_id) references closing,
  constraint common_area_carry_of_house foreign key (organization_id, house_id) references house,
  constraint common_area_carry_of_service foreign key (organization_id, service_id) references service
);
create index common_area_carry_by_house on common_area_carry (organization_id, house_id);
create index common_area_carry_by_service on common_area_carry (organization_id, service_id);

-- What is still owed of one month, and since when: made when the month is closed, for penalties and for age.
create table debt_lot (
  organization_id bigint not null,
  closing_id bigint not null,
  account_id bigint not null,
  service_id bigint not null,
  supplier_id bigint not null,
  due_on date not null,
  principal bigint not null constraint debt_lot_positive check (principal > 0),
  created_at timestamptz not null default now(),
  primary key (organization_id, account_id, service_id, supplier_id, closing_id)
);

create table bill (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  account_id bigint not null,
  period_id bigint not null,
  closing_id bigint not null,
  number text not null,
  issued_on date not null,
  pay_by date not null,
  -- minor units, what is printed as the total to pay
  total bigint not null constraint bill_total_not_negative check (total >= 0),
  -- text of the payment QR code by GOST R 56042-2014; null where nothing is to be paid or the country has none
  qr text,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  constraint bill_of_account foreign key (organization_id, account_id) references account,
  constraint bill_of_period foreign key (organization_id, period_id) references period,
  constraint bill_of_closing foreign key (organization_id, closing_id) references closing,
  constraint bill_number_unique unique (organization_id, number),
  constraint bill_one_per_account_and_closing unique (organization_id, account_id, closing_id)
);
create index bill_by_period on bill (organization_id, period_id);
create index bill_by_closing on bill (organization_id, closing_id);
create trigger bill_only_grows before update or delete on bill for each row execute function refuse_ledger_change();

-- Which house's inputs changed, in which transaction: a house computed before that is dirty. House 0 is all houses.
create table input_change (
  organization_id bigint not null references organization,
  house_id bigint not null,
  kind text not null,
  xid xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null default now()
);
create index input_change_by_transaction on input_change (organization_id, xid);
