-- What staff sent under a key: the same again has no second effect, and something else under the key is refused.
create table sent_change (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  client_key text not null constraint sent_change_key_not_blank check (client_key <> ''),
  action text not null,
  said jsonb not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint sent_change_once unique (organization_id, client_key)
);
comment on table sent_change is 'A change that staff sent, under its key, for changes whose rows keep no key of their own.';
comment on column sent_change.action is 'The verb of the audit record.';
comment on column sent_change.said is 'What was sent, to tell a repetition from something else.';
grant select, insert on sent_change to kvartal_runtime;
