import { Inject, Injectable } from '@nestjs/common';
import { quantityOf } from '@kvartal/domain';
import { Clock, type PageInput, limitOf, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { houseLine } from './address';
import type { HousePage } from './houses.types';

interface HouseRow {
  organizationId: string;
  id: string;
  city: string;
  street: string;
  number: string;
  flats: number | null;
  floors: number | null;
  entrances: number | null;
  facts: Partial<Record<'TOTAL_AREA' | 'HEATED_AREA' | 'COMMON_AREA', string>> | null;
}

/** Reads the buildings of an organisation. */
@Injectable()
export class HousesQueries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A page of an organisation's houses by address; areas are those of its today, as known now. */
  async page(organizationId: string, page?: PageInput): Promise<HousePage> {
    const { limit, offset } = limitOf(page);
    const counted = await row<{ total: number }>(
      this.db,
      'select count(*)::int as total from house where organization_id = $1',
      [organizationId],
    );
    const found = await rows<HouseRow>(
      this.db,
      `select h.organization_id as "organizationId", h.id, h.city, h.street, h.number, h.flats, h.floors, h.entrances,
         facts.are as facts
       from (select * from house where organization_id = $1 order by city, street, number, id limit $2 offset $3) h
       join organization o on o.id = h.organization_id
       left join lateral (
         select jsonb_object_agg(f.kind, f.value::text) as are from fact f
         where f.organization_id = h.organization_id and f.subject = 'HOUSE' and f.subject_id = h.id
           and f.valid @> ($4::timestamptz at time zone o.time_zone)::date and upper_inf(f.known)) facts on true
       order by h.city, h.street, h.number, h.id`,
      [organizationId, limit, offset, await this.clock.now()],
    );
    return { items: found.map(houseView), total: counted?.total ?? 0 };
  }
}

function houseView({ facts, ...house }: HouseRow): HousePage['items'][number] {
  const area = (value: string | undefined) => (value ? quantityOf(BigInt(value)) : null);
  return {
    ...house,
    line: houseLine({ ...house, house: house.number }),
    totalArea: area(facts?.TOTAL_AREA),
    heatedArea: area(facts?.HEATED_AREA),
    commonArea: area(facts?.COMMON_AREA),
  };
}
