import { Inject, Injectable } from '@nestjs/common';
import { readingWindow } from '@kvartal/domain';
import {
  Clock,
  NotFound,
  Refusal,
  type Resident,
  type Tx,
  audit,
  inTransaction,
  requireIds,
  row,
  rows,
  sqlState,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { whileContested } from './contested';
import { IntakeQueries } from './intake.queries';
import { isProcessed, type KnownIntake, type KnownReading, windowsOf } from './intake.state';
import { isTakenBackable } from './intake.view';
import { standing } from './standing';

/** What happens to readings after they were entered. */
@Injectable()
export class ReadingsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(IntakeQueries) private readonly intake: IntakeQueries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Takes back a reading that residents sent, until the last day of its window or the cut, whichever is first; what else
   * was read that month settles in its place. For those to whom the account is linked; throws NotFound otherwise.
   * Refuses READING_WINDOW_CLOSED, and READING_PROCESSED also where somebody else read it. Doing it again changes nothing.
   */
  async takeBack(viewer: Resident, organizationId: string, id: string): Promise<void> {
    requireIds(organizationId, id);
    await whileContested(() =>
      inTransaction(this.db, (tx) => this.takeBackOnce(tx, viewer, { organizationId, id })),
    );
  }

  private async takeBackOnce(
    tx: Tx,
    viewer: Resident,
    { organizationId, id }: { organizationId: string; id: string },
  ): Promise<void> {
    await this.enterLedger(tx, organizationId);
    const place = await row<{ accountId: string | null; registerId: string }>(
      tx,
      `select m.account_id as "accountId", g.id as "registerId" from reading r
       join register g on g.organization_id = r.organization_id and g.id = r.register_id
       join meter m on m.organization_id = g.organization_id and m.id = g.meter_id
       where r.organization_id = $1 and r.id = $2 for no key update of r`,
      [organizationId, id],
    );
    if (!place?.accountId) throw new NotFound();
    const account = { organizationId, accountId: place.accountId };
    const known = await this.intake.ofAccount(tx, { ...account, person: viewer.userId, keys: [] });
    if (!known.isLinked) throw new NotFound();
    const readings = known.registers.find((register) => register.id === place.registerId)?.readings ?? [];
    const reading = readings.find((one) => one.id === id);
    if (reading?.state === 'DELETED') return;
    if (!reading || !isTakenBackable(reading, known)) throw refusalToTakeBack(reading, known);
    await this.writeTakenBack(tx, organizationId, reading, readings);
    await audit(tx, viewer, {
      at: await this.clock.now(),
      action: 'reading.delete',
      organizationId,
      objectKind: 'reading',
      objectId: id,
      details: { accountId: account.accountId },
    });
  }

  /** The door comes before the row's lock, as for everybody who writes readings. */
  private async enterLedger(tx: Tx, organizationId: string): Promise<void> {
    const entering = rows(tx, 'select ledger_enter($1)', [organizationId]);
    await entering.catch((failure: unknown) => {
      throw sqlState(failure) === 'LG002' ? new Refusal('PERIOD_NOT_OPEN') : failure;
    });
  }

  private async writeTakenBack(
    tx: Tx,
    organizationId: string,
    reading: KnownReading,
    readings: readonly KnownReading[],
  ): Promise<void> {
    await rows(
      tx,
      `update reading set state = 'DELETED', settles = false,
         known = tstzrange(lower(known), greatest($3, lower(known) + interval '1 microsecond'))
       where organization_id = $1 and id = $2`,
      [organizationId, reading.id, await this.clock.now()],
    );
    const remaining = standing(readings.filter((one) => one.month === reading.month && one !== reading));
    const settling = remaining.find((one) => one.settles);
    if (settling)
      await rows(
        tx,
        'update reading set settles = true where organization_id = $1 and id = $2 and not settles',
        [organizationId, settling.id],
      );
  }
}

function refusalToTakeBack(reading: KnownReading | undefined, known: KnownIntake): Refusal {
  const isOver =
    reading !== undefined &&
    reading.state === 'ACCEPTED' &&
    !isProcessed(reading.month, known) &&
    known.today > readingWindow(reading.month, known.rules).to;
  if (!isOver) return new Refusal('READING_PROCESSED');
  const { from, to } = windowsOf(known.today, known.rules).told;
  return new Refusal('READING_WINDOW_CLOSED', { params: { from, to } });
}
