-- Prices, norms, terms and legal numbers that staff set: what is sent again is found by its key, and has its effect once.
do $$
declare t text;
begin
  foreach t in array array['tariff', 'norm', 'service_terms', 'rate', 'penalty_schedule', 'allocation_rule'] loop
    execute format('alter table %I add column client_key text', t);
    execute format('create unique index %I on %I (%I, client_key) where client_key is not null',
      t || '_sent_once', t, case t when 'rate' then 'country' else 'organization_id' end);
    execute format('comment on column %I.client_key is %L', t,
      'The key under which staff sent it; null for what was there before, and for what is left of a row that was cut');
  end loop;
end $$;
