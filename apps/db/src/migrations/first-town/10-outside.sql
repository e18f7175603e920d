-- What leaves the building, and who did what.

create table outbox (
  id bigint generated always as identity primary key,
  organization_id bigint references organization,
  -- the fact, in the past tense; its payload holds ids only
  fact text not null,
  payload jsonb not null,
  request_id text,
  sent_at timestamptz,
  created_at timestamptz not null default now()
);
create index outbox_unsent on outbox (id) where sent_at is null;
create index outbox_by_organization on outbox (organization_id);

create table message (
  id bigint generated always as identity primary key,
  outbox_id bigint not null references outbox,
  portal_id bigint references portal,
  channel text not null constraint message_channel_known check (channel in ('EMAIL', 'SMS')),
  recipient text not null,
  template text not null,
  locale text not null,
  subject text not null default '',
  state text not null default 'QUEUED' constraint message_state_known check (state in ('QUEUED', 'SENT', 'FAILED')),
  failure text,
  sent_at timestamptz,
  created_at timestamptz not null,
  constraint message_one_per_fact_and_recipient unique (outbox_id, channel, recipient)
);
create index message_by_portal on message (portal_id);

create table preference (
  user_id bigint not null references portal_user on delete cascade,
  topic text not null,
  channel text not null constraint preference_channel_known check (channel in ('EMAIL', 'SMS')),
  wanted boolean not null,
  created_at timestamptz not null default now(),
  primary key (user_id, topic, channel)
);

create table audit_event (
  id bigint generated always as identity primary key,
  organization_id bigint references organization,
  actor text not null constraint audit_event_actor_known check (actor in ('RESIDENT', 'STAFF', 'KEY', 'SYSTEM', 'NOBODY')),
  actor_id bigint,
  action text not null,
  object_kind text not null default '',
  object_id bigint,
  details jsonb not null default '{}',
  ip inet,
  request_id text,
  created_at timestamptz not null
);
create index audit_event_by_organization on audit_event (organization_id, id desc);
create trigger audit_event_only_grows before update or delete on audit_event
  for each row execute function refuse_ledger_change();
