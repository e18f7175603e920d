-- What the intake compares with: a closed month's reading as it should have been, and where a new meter began to count.
create or replace function registers_state(organization bigint, registers bigint[], since date, recent date, keys text[]) returns json
language plpgsql stable as $$
begin
  return (
    select json_agg(json_build_object('id', g.id::text, 'meterId', m.id::text, 'houseId', m.house_id::text,
      'accountId', m.account_id::text, 'resource', m.resource, 'serial', m.serial, 'place', m.place,
      'zone', g.zone, 'digits', g.digits, 'decimals', g.decimals, 'factor', m.factor::text,
      'facts', (
        select json_agg(json_build_array(f.kind, f.value > 0, lower(f.valid), upper(f.valid))) from fact f
        where f.organization_id = organization and f.subject = 'METER' and f.subject_id = m.id and upper_inf(f.known)),
      'readings', (
        select json_agg(json_build_array(r.id::text, r.month, r.taken_on, r.value::text, r.source, r.state, r.settles,
          r.version, r.unusual, r.client_key, r.created_at))
        from reading r
        where r.organization_id = organization and r.register_id = g.id and r.month >= since
          and (r.settles or r.month >= recent or r.client_key = any(keys)
            or (r.source = 'INSTALLATION' and r.state = 'ACCEPTED'))),
      'corrections', (
        select json_agg(json_build_array(c.id::text, c.month, c.taken_on, c.value::text, c.created_at)) from reading_correction c
        where c.organization_id = organization and c.register_id = g.id and c.month >= since and upper_inf(c.known))))
    from register g join meter m on m.organization_id = g.organization_id and m.id = g.meter_id
    where g.organization_id = organization and g.id = any(registers));
end $$;
