-- A preview is written once and read once before it is keyed, analysed and attached: to vacuum and analyse it meanwhile
-- would take a processor from the closing, and be of no use. Part of the ledger, it is vacuumed like any other table.
create or replace function closing_make_preview(organization bigint, closing_number bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare name text := closing_table(closing_number);
begin
  perform from closing where organization_id = organization and id = closing_number and state = 'COMPUTING';
  if not found then raise exception 'closing % is not computing', closing_number using errcode = 'LG006'; end if;
  execute format('create table %I (like statement_line including defaults including constraints including storage,
    constraint %I check (closing_id = %s and organization_id = %s)) with (autovacuum_enabled = false)',
    name, name || '_bound', closing_number, organization);
  execute format('alter table %I alter organization_id set default %s, alter closing_id set default %s',
    name, organization, closing_number);
  execute format('create trigger %I after insert on %I referencing new table as changed
    for each statement execute function refuse_line_of_nothing()', name || '_of_its_organization', name);
  execute format('grant select, insert, delete on %I to kvartal_runtime', name);
end $$;

create or replace function closing_attach(organization bigint, closing_number bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare name text := closing_table(closing_number);
begin
  perform from closing where organization_id = organization and id = closing_number and state = 'READY';
  if not found then raise exception 'closing % is not ready', closing_number using errcode = 'LG006'; end if;
  execute format('revoke insert, delete on %I from kvartal_runtime', name);
  execute format('alter table %I reset (autovacuum_enabled)', name);
  execute format('alter table statement_line attach partition %I for values in (%s)', name, closing_number);
end $$;
