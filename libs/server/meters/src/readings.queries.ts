import { Inject, Injectable } from '@nestjs/common';
import type { AccountScope } from '@kvartal/accounts';
import { civilDate, counted, month, quantityOf, type Resource, type Zone } from '@kvartal/domain';
import { type PageInput, limitOf, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { IntakeQueries } from './intake.queries';
import type { KnownIntake } from './intake.state';
import { isTakenBackable } from './intake.view';
import type { ReadingSource, ReadingState } from './meters.enums';
import type { Reading, ReadingPage } from './meters.types';

interface HistoryRow {
  id: string;
  registerId: string;
  month: string;
  takenOn: string;
  value: string;
  before: string | null;
  correctedTo: string | null;
  source: ReadingSource;
  state: ReadingState;
  settles: boolean;
  unusual: boolean;
  createdAt: Date;
  resource: Resource;
  zone: Zone;
  serial: string | null;
  digits: number;
  decimals: number;
  factor: string;
}

const OF_ACCOUNT = `from meter m
  join register g on g.organization_id = m.organization_id and g.meter_id = m.id
  join reading r on r.organization_id = g.organization_id and r.register_id = g.id
  where m.organization_id = $1 and m.account_id = $2`;

/** The history of an account's readings: of all its meters, working and removed, with what was taken back. */
@Injectable()
export class ReadingsQueries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(IntakeQueries) private readonly intake: IntakeQueries,
  ) {}

  /** A page, the latest month and entry first. The caller has made sure that the account may be seen. */
  async page(account: AccountScope, page: PageInput | undefined, forResident: boolean): Promise<ReadingPage> {
    const { organizationId, accountId } = account;
    const { limit, offset } = limitOf(page);
    const counted = await row<{ total: number }>(this.db, `select count(*)::int as total ${OF_ACCOUNT}`, [
      organizationId,
      accountId,
    ]);
    const found = await rows<HistoryRow>(
      this.db,
      `select r.id, r.register_id as "registerId", to_char(r.month, 'YYYY-MM') as month, r.taken_on::text as "takenOn",
         r.value, before.value as before, fixed.value as "correctedTo", r.source, r.state, r.settles, r.unusual, r.created_at as "createdAt",
         r.resource, r.zone, r.serial, r.digits, r.decimals, r.factor
       from (select r.*, m.resource, m.serial, m.factor, g.zone, g.digits, g.decimals ${OF_ACCOUNT}
             order by r.month desc, r.id desc limit $3 offset $4) r
       left join lateral (
         select v.value from (
           (select b.month, b.value, 0 as rank from reading b
            where r.settles and b.organization_id = r.organization_id and b.register_id = r.register_id
              and b.month < r.month and b.settles and b.source <> 'ESTIMATE'
            order by b.month desc limit 1)
           union all
           (select k.month, k.value, 1 from reading_correction k
            where r.settles and k.organization_id = r.organization_id and k.register_id = r.register_id
              and k.month < r.month and upper_inf(k.known)
            order by k.month desc limit 1)) v
         order by v.month desc, v.rank desc limit 1) before on true
       left join reading_correction fixed on r.settles and fixed.organization_id = r.organization_id
         and fixed.register_id = r.register_id and fixed.month = r.month and upper_inf(fixed.known)
       order by r.month desc, r.id desc`,
      [organizationId, accountId, limit, offset],
    );
    const known = forResident
      ? await this.intake.ofAccount(this.db, { ...account, person: null, keys: [] })
      : undefined;
    return { items: found.map((reading) => historyView(reading, known)), total: counted?.total ?? 0 };
  }
}

/** `known`: the intake of today where the viewer may take readings back. */
function historyView(
  { before, correctedTo, digits, decimals, factor, ...reading }: HistoryRow,
  known: KnownIntake | undefined,
): Reading {
  const value = quantityOf(BigInt(reading.value));
  const corrected = correctedTo === null ? null : quantityOf(BigInt(correctedTo));
  const of = month(reading.month);
  const shape = { digits, decimals, factor: quantityOf(BigInt(factor)) };
  return {
    ...reading,
    month: of,
    takenOn: civilDate(reading.takenOn),
    value,
    correctedTo: corrected,
    consumption: before === null ? null : counted(quantityOf(BigInt(before)), corrected ?? value, shape),
    deletable: known !== undefined && isTakenBackable({ ...reading, month: of }, known),
  };
}
