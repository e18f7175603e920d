-- Service requests: what was asked, everything that happened to it, what was attached.

create table request (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  number integer not null,
  house_id bigint not null,
  account_id bigint not null,
  author_id bigint references portal_user on delete set null,
  category text not null constraint request_category_known check (category in (
    'PLUMBING', 'ELECTRICITY', 'HEATING', 'LIFT', 'ROOF', 'CLEANING', 'TERRITORY', 'INTERCOM', 'WASTE', 'OTHER')),
  phone text not null,
  text text not null constraint request_text_not_blank check (length(trim(text)) > 0),
  state text not null default 'NEW' constraint request_state_known check (state in (
    'NEW', 'IN_WORK', 'CLARIFICATION', 'DONE', 'CLOSED', 'CANCELED', 'REJECTED')),
  -- where CLARIFICATION returns to when the resident has answered
  state_before text,
  assignee_id bigint references portal_user on delete set null,
  due_at timestamptz not null,
  done_at timestamptz,
  closed_at timestamptz,
  reopened integer not null default 0,
  rating smallint constraint request_rating_in_stars check (rating between 1 and 5),
  rating_text text,
  rated_at timestamptz,
  client_key text not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint request_in_house foreign key (organization_id, house_id) references house,
  constraint request_of_account foreign key (organization_id, account_id) references account,
  constraint request_number_unique unique (organization_id, number),
  constraint request_sent_once unique (organization_id, account_id, client_key)
);
create index request_by_house on request (organization_id, house_id);
create index request_by_account on request (organization_id, account_id, id desc);
create index request_by_state on request (organization_id, state, due_at);
create index request_by_author on request (author_id);
create index request_by_assignee on request (assignee_id);

create table request_event (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  request_id bigint not null,
  kind text not null constraint request_event_kind_known check (kind in ('CREATED', 'ASSIGNED', 'STATE', 'MESSAGE', 'ATTACHED', 'RATED')),
  actor_id bigint references portal_user on delete set null,
  by_staff boolean not null,
  from_state text,
  to_state text,
  text text not null default '',
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint request_event_of_request foreign key (organization_id, request_id) references request
);
create index request_event_by_request on request_event (organization_id, request_id, id);
create index request_event_by_actor on request_event (actor_id);

create table attachment (
  organization_id bigint not null references organization,
  id bigint generated always as identity,
  request_id bigint not null,
  uploaded_by bigint references portal_user on delete set null,
  name text not null,
  media_type text not null,
  size bigint not null constraint attachment_size_positive check (size > 0),
  sha256 bytea not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint attachment_of_request foreign key (organization_id, request_id) references request
);
create index attachment_by_request on attachment (organization_id, request_id);
create index attachment_by_uploader on attachment (uploaded_by);
