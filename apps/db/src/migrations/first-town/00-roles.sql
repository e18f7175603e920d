-- The runtime role: what api and worker act as. Its logins are made by whoever installs the product.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
do $$
begin
  if not exists (select from pg_roles where rolname = 'kvartal_runtime') then
    create role kvartal_runtime nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this server made it just now
end $$;
