import { Inject, Injectable } from '@nestjs/common';
import { addressLine, houseLine } from '@kvartal/accounts';
import { type PageInput, limitOf, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { toMoneyOrNull } from './closing.queries';
import type { Closing, HeldCharge, HeldPage } from './closing.types';

interface HeldRow extends Omit<HeldCharge, 'address' | 'charged'> {
  charged: string | null;
  city: string;
  street: string;
  house: string;
  flat: string | null;
  premisesKind: string | null;
}

/** What people hold back in a closing, for screens. */
@Injectable()
export class HeldCharges {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** A page of what is held, whole houses first, by address. */
  async page(
    { organizationId, id }: Pick<Closing, 'organizationId' | 'id'>,
    page?: PageInput,
  ): Promise<HeldPage> {
    const { limit, offset } = limitOf(page);
    const counted = await row<{ total: number }>(
      this.db,
      `select count(*)::int as total from closing_decision
       where organization_id = $1 and closing_id = $2 and choice = 'HOLD' and ended_at is null`,
      [organizationId, id],
    );
    if (!counted?.total) return { items: [], total: 0 };
    const found = await rows<HeldRow>(
      this.db,
      `select d.id, d.house_id as "houseId", d.account_id as "accountId", a.number, h.city, h.street, h.number as house,
         p.number as flat, p.kind as "premisesKind", coalesce(s.name, '') as service, d.charged, d.reason, u.login as by,
         d.created_at as at
       from closing_decision d
       join house h on h.organization_id = d.organization_id and h.id = d.house_id
       join portal_user u on u.id = d.decided_by
       left join account a on a.organization_id = d.organization_id and a.id = d.account_id
       left join premises p on p.organization_id = a.organization_id and p.id = a.premises_id
       left join service s on s.organization_id = d.organization_id and s.id = d.service_id
       where d.organization_id = $1 and d.closing_id = $2 and d.choice = 'HOLD' and d.ended_at is null
       order by d.account_id is not null, h.city, h.street, h.number, a.number, s.calc_order, d.id limit $3 offset $4`,
      [organizationId, id, limit, offset],
    );
    return { items: found.map(heldView), total: counted.total };
  }
}

function heldView({ city, street, house, flat, premisesKind, charged, ...held }: HeldRow): HeldCharge {
  const place = { city, street, house };
  return {
    ...held,
    charged: toMoneyOrNull(charged),
    address:
      flat === null || premisesKind === null
        ? houseLine(place)
        : addressLine({ ...place, flat, premisesKind }),
  };
}
