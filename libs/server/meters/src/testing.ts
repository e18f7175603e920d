import { Refusal, type RefusalDetail, type Resident, rows } from '@kvartal/platform';
import { type Town, type UnderTest, aResident, aTown, linked } from '@kvartal/platform/testing';
import type { DataSource } from 'typeorm';
import { ReadingIntake } from './intake.service';
import type { ReadingInput, SubmitReadingsInput } from './intake.types';
import type { Reading } from './meters.types';

type Db = Pick<DataSource, 'query'>;
type Place = Town['first'];

/** What was refused; fails where nothing was. */
export async function refusalsOf(work: Promise<unknown>): Promise<readonly RefusalDetail[]> {
  const failure: unknown = await work.catch((thrown: unknown) => thrown);
  if (failure instanceof Refusal) return failure.refusals;
  throw failure instanceof Error ? failure : new Error('Nothing was refused');
}

/** Says of the first account's meter from now on that `kind` was so on the days of `valid`, and on no other. */
export async function endFact(owner: Db, place: Place, kind: string, valid: string): Promise<void> {
  const [meterId] = place.meterIds;
  await owner.query(
    `update fact set known = tstzrange(lower(known), now()) where subject = 'METER' and subject_id = $1 and kind = $2`,
    [meterId, kind],
  );
  await owner.query(
    `insert into fact (known, organization_id, house_id, subject, subject_id, kind, value, valid)
     values (tstzrange(now(), null), $1, $2, 'METER', $3, $4, 1000000, $5)`,
    [place.organizationId, place.houseId, meterId, kind, valid],
  );
}

/** An electricity meter of the first account, six digits and no decimals; returns its registers. */
export async function aSecondMeter(
  owner: Db,
  place: Place,
  zones: readonly string[] = ['SINGLE'],
): Promise<string[]> {
  const { organizationId, houseId, accountIds } = place;
  const meters: { id: string }[] = await owner.query(
    `insert into meter (organization_id, house_id, account_id, resource, serial)
     values ($1, $2, $3, 'ELECTRICITY', '02455782') returning id`,
    [organizationId, houseId, accountIds[0]],
  );
  const meter = meters[0]?.id;
  await owner.query(
    `insert into fact (known, organization_id, house_id, subject, subject_id, kind, value, valid)
     values (tstzrange(now(), null), $1, $2, 'METER', $3, 'METER_WORKING', 1000000, '[2020-01-01,)')`,
    [organizationId, houseId, meter],
  );
  const registers: { id: string }[] = await owner.query(
    `insert into register (organization_id, meter_id, zone, digits, decimals)
     select $1, $2, z, 6, 0 from unnest($3::text[]) z returning id`,
    [organizationId, meter, zones],
  );
  return registers.map(({ id }) => id);
}

/** October is cut off, November opens; with CLOSED the closing of October is committed too. */
export async function cutOctober(
  owner: Db,
  organizationId: string,
  state: 'CLOSING' | 'CLOSED',
): Promise<void> {
  await owner.query(`update period set state = 'CLOSING' where organization_id = $1`, [organizationId]);
  await owner.query(`insert into period (organization_id, month, state) values ($1, '2026-11-01', 'OPEN')`, [
    organizationId,
  ]);
  if (state === 'CLOSING') return;
  await owner.query(
    `with closing as (
       insert into closing (created_at, organization_id, period_id, state, knew_at, houses)
       select now(), organization_id, id, 'COMMITTED', now(), 0 from period
       where organization_id = $1 and state = 'CLOSING' returning id)
     update period set state = 'CLOSED', closing_id = closing.id, closed_at = now() from closing
     where organization_id = $1 and state = 'CLOSING'`,
    [organizationId],
  );
}

export interface StoredReading {
  value: string;
  state: string;
  settles: boolean;
  version: number;
  believed: boolean;
}
export type Sent = Partial<ReadingInput> & { value: string };

let scenes = 0;
let keys = 0;

/** A town of its own where Иванов has linked the first account, whose cold-water register stands on 100. */
export class IntakeScene {
  readonly organizationId: string;
  readonly accountId: string;
  readonly registerId: string;
  readonly meterId: string;
  private readonly intake: ReadingIntake;

  private constructor(
    private readonly at: UnderTest,
    readonly town: Town,
    readonly ivan: Resident,
  ) {
    const { organizationId, accountIds, registerIds, meterIds } = town.first;
    this.organizationId = organizationId;
    this.accountId = accountIds[0] ?? '';
    this.registerId = registerIds[0] ?? '';
    this.meterId = meterIds[0] ?? '';
    this.intake = at.module.get(ReadingIntake);
  }

  static async begin(at: UnderTest): Promise<IntakeScene> {
    scenes += 1;
    await at.itIs('2026-10-15T09:00:00Z');
    const town = await aTown(at.owner, `town-${scenes}`);
    const scene = new IntakeScene(at, town, await aResident(at.owner, town.portalId, 'ivan'));
    await linked(at.owner, scene.ivan, scene);
    return scene;
  }

  /** A page of readings of the account, each under a key of its own. */
  page(readings: readonly Sent[], change: Partial<SubmitReadingsInput> = {}): SubmitReadingsInput {
    const { organizationId, accountId, registerId } = this;
    const sent = readings.map((reading) => {
      keys += 1;
      return { registerId, confirmUnusual: false, clientKey: `key-${keys}`, ...reading };
    });
    return { organizationId, accountId, confirmPartial: false, readings: sent, ...change };
  }

  submit(...readings: Sent[]): Promise<Reading[]> {
    return this.intake.submit(this.ivan, this.page(readings));
  }

  /** What is kept of the register's October, in the order of entering. */
  stored(): Promise<StoredReading[]> {
    return rows<StoredReading>(
      this.at.owner,
      `select (value / 1000000)::text as value, state, settles, version, upper_inf(known) as believed from reading
       where organization_id = $1 and register_id = $2 and month = '2026-10-01' order by id`,
      [this.organizationId, this.registerId],
    );
  }

  /** Settled months before September, each as [first day, value]. */
  async hadBefore(...months: readonly [month: string, value: number][]): Promise<void> {
    for (const [month, value] of months)
      await this.at.owner.query(
        `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
         values (now(), tstzrange(now(), null), $1, $2, $3, $4, $4::date + 19, $5::bigint * 1000000, 'SITE')`,
        [this.organizationId, this.town.first.houseId, this.registerId, month, value],
      );
  }
}
