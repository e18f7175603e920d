-- Payments: orders at a provider, what came of them, how the money was split.

create table payment (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  account_id bigint not null,
  user_id bigint references portal_user on delete set null,
  -- 128 random bits: our number of the order at the provider, and the key of the return page
  order_number text not null constraint payment_order_number_unique unique,
  provider text not null constraint payment_provider_known check (provider in ('SBERBANK', 'REGISTRY', 'OFFICE')),
  provider_order_id text,
  -- the provider's page where the person pays; the same again when the same request is repeated
  redirect_url text,
  -- the provider's own id of the money: one operation is one payment
  operation_id text,
  amount bigint not null constraint payment_amount_positive check (amount > 0),
  currency text not null constraint payment_currency_known check (currency in ('RUB', 'KZT')),
  state text not null constraint payment_state_known check (state in (
    'CREATED', 'PENDING', 'SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELED', 'REVIEW', 'REFUNDED')),
  value_date date,
  posted_at timestamptz,
  period_id bigint,
  for_month date constraint payment_for_month_is_first_day check (extract(day from for_month) = 1),
  email text,
  idempotency_key text not null,
  failure text,
  place text not null default '',
  expires_at timestamptz,
  -- when we last asked the provider about it of our own accord
  asked_at timestamptz,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint payment_of_account foreign key (organization_id, account_id) references account,
  constraint payment_in_period foreign key (organization_id, period_id) references period,
  constraint payment_once_per_key unique (organization_id, account_id, idempotency_key),
  constraint payment_posted_when_succeeded check ((state in ('SUCCEEDED', 'REFUNDED')) = (posted_at is not null))
);
create unique index payment_one_per_operation on payment (provider, operation_id) where operation_id is not null;
create unique index payment_one_per_order on payment (provider, provider_order_id) where provider_order_id is not null;
create index payment_by_account on payment (organization_id, account_id, id desc);
create index payment_by_period on payment (organization_id, period_id);
create index payment_by_user on payment (user_id);
create index payment_pending on payment (coalesce(asked_at, created_at)) where state in ('CREATED', 'PENDING');
create index payment_given_up on payment (created_at) where state in ('FAILED', 'EXPIRED', 'CANCELED');

create table payment_allocation (
  organization_id bigint not null references organization,
  payment_id bigint not null,
  service_id bigint not null,
  supplier_id bigint not null,
  amount bigint not null constraint payment_allocation_positive check (amount > 0),
  created_at timestamptz not null default now(),
  primary key (organization_id, payment_id, service_id, supplier_id),
  constraint payment_allocation_of_payment foreign key (organization_id, payment_id) references payment,
  constraint payment_allocation_of_service foreign key (organization_id, service_id) references service,
  constraint payment_allocation_of_supplier foreign key (organization_id, supplier_id) references supplier
);
create index payment_allocation_by_service on payment_allocation (organization_id, service_id);
create index payment_allocation_by_supplier on payment_allocation (organization_id, supplier_id);

-- Everything a provider told us, as it came: accepted, repeated, forged.
create table payment_notice (
  id bigint generated always as identity primary key,
  provider text not null,
  order_number text,
  operation text not null default '',
  verdict text not null constraint payment_notice_verdict_known check (verdict in ('ACCEPTED', 'REPEATED', 'FORGED', 'UNKNOWN_ORDER', 'IGNORED')),
  fields jsonb not null,
  created_at timestamptz not null
);
create index payment_notice_by_order on payment_notice (order_number);
