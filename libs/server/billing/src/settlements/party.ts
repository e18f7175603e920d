/** One of two who settle with each other. */
export interface Party {
  name: string;
  taxId: string | null;
  /** КПП, where there is one. */
  kpp: string | null;
}

/** Who holds an account on a day, the newest belief first: `f` stands for a row of `holder`. */
export const HOLDER_NAME = `case f.kind when 'LEGAL' then f.company else concat_ws(' ', nullif(f.surname, ''),
  nullif(f.given_name, ''), nullif(f.patronymic, '')) end`;

/** $1 the organisation, $2 the account, $3 the day. */
export const ACCOUNT_PARTIES = `
  select json_build_object('name', o.name, 'taxId', o.tax_id, 'kpp', o.requisites->>'kpp') as organization,
    coalesce((select json_build_object('name', ${HOLDER_NAME}, 'taxId', f.tax_id, 'kpp', null) from holder f
      where f.organization_id = a.organization_id and f.account_id = a.id and f.valid @> $3::date and upper_inf(f.known) limit 1),
      json_build_object('name', '', 'taxId', null, 'kpp', null)) as holder,
    a.number, h.city, h.street, h.number as house, q.number as flat, q.kind as "premisesKind"
  from account a
  join organization o on o.id = a.organization_id
  join house h on h.organization_id = a.organization_id and h.id = a.house_id
  join premises q on q.organization_id = a.organization_id and q.id = a.premises_id
  where a.organization_id = $1 and a.id = $2`;
