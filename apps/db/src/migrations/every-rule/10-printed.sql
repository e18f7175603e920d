-- A bill may be drawn long after its month was closed: what stands above its numbers is kept as it was on that day.

alter table closing add column printed jsonb;
comment on column closing.printed is
  'What bills of this closing print of the organisation, its settings, suppliers and services, as they were at the commit.';
