import { Inject, Injectable } from '@nestjs/common';
import { addMonths, monthOf, todayIn } from '@kvartal/domain';
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
  rows,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { whileContested } from '../contested';
import { IntakeBook } from '../intake.book';
import { IntakeQueries } from '../intake.queries';
import { earliestMonth } from '../intake.service';
import type { KnownIntake } from '../intake.state';
import { intakeView } from '../intake.view';
import { withFacts } from './device.facts';
import type { AccountMeter, HouseReadingInput } from './device.types';

export interface HouseScope {
  organizationId: string;
  houseId: string;
}

/** What staff see of the meters of a house that belong to none of its accounts, and what they read of them. */
@Injectable()
export class HouseMeters {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(IntakeQueries) private readonly intake: IntakeQueries,
  ) {}

  /** The meters of a house with all that is known of them, working ones first. Throws NotFound. */
  async of({ organizationId, houseId }: HouseScope): Promise<AccountMeter[]> {
    requireIds(organizationId, houseId);
    const house = [organizationId, houseId];
    const known = await row(this.db, 'select from house where organization_id = $1 and id = $2', house);
    if (!known) throw new NotFound();
    const registers = await rows<{ id: string }>(
      this.db,
      `select g.id from meter m join register g on g.organization_id = m.organization_id and g.meter_id = m.id
       where m.organization_id = $1 and m.house_id = $2 and m.account_id is null`,
      house,
    );
    if (!registers.length) return [];
    const { meters } = intakeView(
      await this.intake.ofRegisters(this.db, organizationId, {
        registerIds: registers.map(({ id }) => id),
        recent: addMonths(monthOf(todayIn(await this.clock.now(), 'UTC')), -2),
        keys: [],
      }),
    );
    return withFacts(this.db, organizationId, meters);
  }

  /**
   * Enters what was read of a house's meter, on any day of a month that is not cut off. Refuses by the other rules of intake
   * and IDEMPOTENCY_KEY_REUSED; throws NotFound. The same key again changes nothing.
   */
  async read(viewer: Staff, input: HouseReadingInput): Promise<void> {
    requireIds(input.organizationId, input.registerId);
    await whileContested(() => inTransaction(this.db, (tx) => this.readOnce(tx, viewer, input)));
  }

  private async readOnce(tx: Tx, viewer: Staff, input: HouseReadingInput): Promise<void> {
    const { organizationId, registerId, takenOn, value, clientKey } = input;
    const now = await this.clock.now();
    const known = await this.intake.ofRegisters(tx, organizationId, {
      registerIds: [registerId],
      recent: earliestMonth([input], now),
      keys: [clientKey],
    });
    const [register] = known.registers;
    if (!register || register.accountId !== null) throw new NotFound();
    const book = new IntakeBook(onAnyDay(known), { source: 'OFFICE', now, person: viewer.userId });
    const { refusals } = book.take(input, []);
    if (refusals.length) throw new Refusal(refusals);
    const written = await this.intake.write(tx, known, book.changes());
    if (!written.size) return;
    await audit(tx, viewer, {
      ...{
        at: now,
        action: 'meter.reading',
        organizationId,
        objectKind: 'meter',
        objectId: register.meterId,
      },
      details: { registerId, takenOn, value },
    });
  }
}

/** The window is for residents: staff read until the month is cut off. */
const onAnyDay = (known: KnownIntake): KnownIntake => ({
  ...known,
  rules: { ...known.rules, fromDay: 1, toDay: 31 },
});
