import { Inject, Injectable } from '@nestjs/common';
import type { AccountScope } from '@kvartal/accounts';
import { todayIn } from '@kvartal/domain';
import {
  Clock,
  NotFound,
  Refusal,
  type Staff,
  type Tx,
  audit,
  inTransaction,
  requireIds,
  row,
  wasSent,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { ReadingIntake } from '../intake.service';
import { type MeterPlace, putFact, withFacts } from './device.facts';
import { daysRefused, documentRefused, factsOf } from './device.rules';
import type { AccountMeter, MeterStateInput } from './device.types';

/** A meter with its organisation's time, locked: two who change one meter do it one after another. */
export async function enterMeter(
  tx: Tx,
  organizationId: string,
  meterId: string,
): Promise<MeterPlace & { timeZone: string; openPeriod: string }> {
  const entered = await row<{ period: string }>(tx, 'select ledger_enter($1) as period', [organizationId]);
  const found = await row<{ houseId: string; timeZone: string }>(
    tx,
    `select m.house_id as "houseId", o.time_zone as "timeZone" from meter m join organization o on o.id = m.organization_id
     where m.organization_id = $1 and m.id = $2 for no key update of m`,
    [organizationId, meterId],
  );
  if (!found || !entered) throw new NotFound();
  return { organizationId, meterId, openPeriod: entered.period, ...found };
}

/** What staff know and find out of meters: whether they work, are verified, are lost, water a garden. */
@Injectable()
export class Devices {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReadingIntake) private readonly intake: ReadingIntake,
  ) {}

  /** The meters of an account with all that is known of them. Throws NotFound. */
  async ofAccount({ organizationId, accountId }: AccountScope): Promise<AccountMeter[]> {
    requireIds(organizationId, accountId);
    const known = await row(this.db, 'select from account where organization_id = $1 and id = $2', [
      organizationId,
      accountId,
    ]);
    if (!known) throw new NotFound();
    const { meters } = await this.intake.of({ organizationId, accountId });
    return withFacts(this.db, organizationId, meters);
  }

  /**
   * Says what a meter was from a day on. Days of closed months may be among them: those are charged anew. Refuses REQUIRED,
   * TOO_LONG, DATE_OUT_OF_RANGE, DAYS_ORDER, IDEMPOTENCY_KEY_REUSED; throws NotFound. The same key again changes nothing.
   */
  async record(viewer: Staff, input: MeterStateInput): Promise<void> {
    const { organizationId, meterId, state, from, to = null, clientKey } = input;
    requireIds(organizationId, meterId);
    const document = input.document.trim();
    await inTransaction(this.db, async (tx) => {
      const place = await enterMeter(tx, organizationId, meterId);
      const now = await this.clock.now();
      const refusals = [...daysRefused(input, todayIn(now, place.timeZone)), ...documentRefused(document)];
      if (refusals.length) throw new Refusal(refusals);
      const action = 'meter.state';
      const said = { meterId, state, from, to, document };
      if (await wasSent(tx, { organizationId, action, clientKey, said }, now)) return;
      const wasVerified = await wasEverVerified(tx, place);
      for (const fact of factsOf(state, input, wasVerified))
        await putFact(tx, place, { ...fact, document, by: viewer.userId }, now);
      await audit(tx, viewer, {
        ...{ at: now, action, organizationId, objectKind: 'meter', objectId: meterId },
        details: { state, from, to },
      });
    });
  }
}

async function wasEverVerified(tx: Tx, { organizationId, meterId }: MeterPlace): Promise<boolean> {
  const found = await row(
    tx,
    `select from fact where organization_id = $1 and subject = 'METER' and subject_id = $2 and kind = 'METER_VERIFIED'
       and upper_inf(known)`,
    [organizationId, meterId],
  );
  return found !== undefined;
}
