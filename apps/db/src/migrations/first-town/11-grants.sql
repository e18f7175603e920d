-- The runtime may do its work and no more: no DDL anywhere, no change of the ledger.
grant usage on schema public to kvartal_runtime;
grant select, insert, update, delete on all tables in schema public to kvartal_runtime;
grant usage on all sequences in schema public to kvartal_runtime;
revoke insert, update, delete on statement_line from kvartal_runtime;
revoke update, delete on movement, bill, audit_event, debt_lot, common_area_carry, input_change, payment_allocation from kvartal_runtime;
revoke delete on period, closing, closing_house, payment, reading, fact, holder, tariff, norm, rate, account_service,
  organization, portal, account, house, premises, meter, register, service, supplier, request, request_event, message from kvartal_runtime;
revoke insert, update on portal, organization, portal_organization from kvartal_runtime;
grant update (settings, requisites) on organization to kvartal_runtime;
revoke all on all functions in schema public from public;
grant execute on all functions in schema public to kvartal_runtime;
