-- People who sign in, their sessions, consents and rights; machines with keys.

create table portal_user (
  id bigint generated always as identity primary key,
  portal_id bigint not null references portal,
  kind text not null constraint portal_user_kind_known check (kind in ('RESIDENT', 'LEGAL', 'STAFF')),
  login text not null,
  email text,
  phone text,
  name text not null default '',
  password_hash text not null,
  state text not null default 'PENDING' constraint portal_user_state_known check (state in ('PENDING', 'ACTIVE', 'BLOCKED')),
  locale text not null default 'ru',
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  constraint portal_user_pending_expires check ((state = 'PENDING') = (expires_at is not null))
);
create unique index portal_user_login_unique on portal_user (portal_id, lower(login));
create unique index portal_user_email_unique on portal_user (portal_id, lower(email));
create index portal_user_pending on portal_user (expires_at) where state = 'PENDING';

create table session (
  id bigint generated always as identity primary key,
  user_id bigint not null references portal_user on delete cascade,
  token_hash bytea not null constraint session_token_unique unique,
  audience text not null constraint session_audience_known check (audience in ('RESIDENT', 'STAFF')),
  remembered boolean not null default false,
  ip inet,
  user_agent text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index session_of_user on session (user_id);

-- What was mailed as a link: 128 random bits, kept as a hash, used once.
create table confirmation (
  id bigint generated always as identity primary key,
  user_id bigint not null references portal_user on delete cascade,
  purpose text not null constraint confirmation_purpose_known check (purpose in ('REGISTRATION', 'RECOVERY', 'EMAIL')),
  token_hash bytea not null constraint confirmation_token_unique unique,
  email text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null
);
create index confirmation_of_user on confirmation (user_id);

create table consent (
  id bigint generated always as identity primary key,
  user_id bigint not null references portal_user on delete cascade,
  kind text not null constraint consent_kind_known check (kind in ('AGREEMENT', 'PD_PROCESSING', 'MARKETING', 'EBILL')),
  text_version text not null,
  text_sha256 bytea not null,
  ip inet,
  user_agent text,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  created_at timestamptz not null
);
create index consent_of_user on consent (user_id);

create table membership (
  organization_id bigint not null references organization,
  user_id bigint not null references portal_user on delete cascade,
  role text not null constraint membership_role_known check (role in ('OWNER', 'ACCOUNTANT', 'OPERATOR', 'DISPATCHER', 'READER')),
  post text not null default '',
  created_at timestamptz not null default now(),
  primary key (organization_id, user_id)
);
create index membership_of_user on membership (user_id);

create table api_key (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  name text not null,
  prefix text not null constraint api_key_prefix_unique unique,
  secret_hash bytea not null,
  scopes text[] not null,
  created_by bigint not null references portal_user,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (organization_id, id)
);
create index api_key_by_creator on api_key (created_by);
