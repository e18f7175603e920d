import { Inject, Injectable, Logger } from '@nestjs/common';
import { type HouseSnapshot, type LineKey, calculateHouse, carryForward } from '@kvartal/domain';
import { inTransaction, row, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { BooksKeeper } from '../books';
import type { DebtKey } from '../penalties/penalty.lots';
import { LotWriter } from '../penalties/penalty.lots.writer';
import { type Catalogue, readCatalogue } from './closing.catalogue';
import { type Holds, readHolds } from './closing.holds';
import { type HouseFailure, dropLines, markDone, markFailed, takeHouses } from './closing.houses';
import { findContested, findLack, findWithoutArea } from './closing.lacks';
import { writeLate } from './closing.late';
import { PreviewWriter } from './closing.lines';
import { type ClosingKey, type ClosingRow, digestOf, lockClosing } from './closing.lock';
import { previewTable } from './closing.queries';
import { drawHouses } from './closing.snapshot';
import { ACCOUNTS_A_BATCH, BATCH_SETTINGS } from './closing.start';
import { brokenSums } from './closing.verify';

/** How a closing stands after a batch: houses are left, it is under review, or there is nothing that this batch could do. */
export type Progress = 'MORE' | 'WAITING' | 'ENDED';

/**
 * A batch does not wait for the disk: one that a crash takes back is taken back whole, with its marks, and is computed
 * again. What draws the closing up waits for its own commit, and so for all before it.
 */
const COMPUTING_SETTINGS = `${BATCH_SETTINGS}, set_config('synchronous_commit', 'off', true)`;

/** Computes houses into a closing's preview: a batch is one snapshot and one transaction, a house is there once or not at all. */
@Injectable()
export class ClosingComputing {
  private readonly logger = new Logger(ClosingComputing.name);

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
  ) {}

  /**
   * Computes the next batch of houses that nobody else has in hand, about so many accounts, and draws the closing up
   * when it was the last.
   */
  async computeBatch(key: ClosingKey, accounts = ACCOUNTS_A_BATCH): Promise<Progress> {
    const computed = await inTransaction(
      this.db,
      async (tx) => {
        await rows(tx, COMPUTING_SETTINGS);
        const closing = await lockClosing(tx, key, 'share');
        const houses = closing.state === 'COMPUTING' ? await takeHouses(tx, key, accounts) : [];
        if (houses.length > 0) await this.compute(tx, closing, houses);
        return houses.length;
      },
      'REPEATABLE READ',
    );
    return this.drawUp(key, computed);
  }

  /** Everything that is left, one batch after another: for history that is made, and for tests. */
  async computeAll(key: ClosingKey): Promise<void> {
    while ((await this.computeBatch(key)) === 'MORE');
  }

  /** Computes changed houses of a closing under review again, and renews its digest. */
  async refresh(key: ClosingKey, houses: readonly string[]): Promise<void> {
    if (houses.length === 0) return;
    await inTransaction(
      this.db,
      async (tx) => {
        const closing = await lockClosing(tx, key, 'update');
        if (closing.state !== 'READY') return;
        await this.compute(tx, closing, houses);
        await this.judge(tx, closing);
      },
      'REPEATABLE READ',
    );
  }

  /** Computes houses again in the caller's transaction, which holds back every writer of their inputs. */
  async again(tx: Tx, closing: ClosingRow, houses: readonly string[]): Promise<void> {
    if (houses.length > 0) await this.compute(tx, closing, houses);
  }

  /** READY when every house is done and the sums agree, FAILED otherwise, with the reason. */
  private async drawUp(key: ClosingKey, computed: number): Promise<Progress> {
    return inTransaction(this.db, async (tx) => {
      const left = await row(
        tx,
        `select from closing_house where organization_id = $1 and closing_id = $2 and state = 'WAITING' limit 1`,
        [key.organizationId, key.closingId],
      );
      if (left) return computed > 0 ? 'MORE' : 'WAITING';
      const closing = await lockClosing(tx, key, 'update');
      if (closing.state === 'COMPUTING') await this.judge(tx, closing);
      // a job that comes late, when it was committed or thrown away, ends nothing
      return closing.state === 'COMPUTING' || closing.state === 'READY' ? 'ENDED' : 'WAITING';
    });
  }

  private async judge(tx: Tx, closing: ClosingRow): Promise<void> {
    const { organizationId, closingId } = closing;
    await rows(tx, 'select closing_key_preview($1, $2)', [organizationId, closingId]);
    const before = await this.closedBefore(tx, closing);
    const failure = await brokenSums(tx, closing, before[0]?.closingId ?? null);
    await rows(
      tx,
      `update closing set state = $3, digest = $4, failure = $5 where organization_id = $1 and id = $2`,
      [
        organizationId,
        closingId,
        failure === null ? 'READY' : 'FAILED',
        failure === null ? await digestOf(tx, closing) : null,
        failure,
      ],
    );
  }

  private async closedBefore(tx: Tx, { organizationId, month }: ClosingRow) {
    return (await this.books.read(organizationId, tx)).closed.filter((one) => one.month < month);
  }

  private async compute(tx: Tx, closing: ClosingRow, houseIds: readonly string[]): Promise<void> {
    const { organizationId, periodId } = closing;
    const catalogue = await readCatalogue(tx, organizationId, closing.month);
    const closed = await this.closedBefore(tx, closing);
    const lots = new LotWriter(closing);
    const holds = await readHolds(tx, closing, { houseIds, closed });
    const { estimates: late } = holds;
    const scope = { organizationId, houseIds, periodId, closed, late, lots };
    const writer = new PreviewWriter();
    const failures: HouseFailure[] = [];
    for (const house of await drawHouses(tx, catalogue, scope)) {
      const { houseId } = house;
      const failure = this.charge(house, catalogue, { writer, holds });
      if (failure) failures.push({ houseId, ...failure });
      lots.write(failure ? undefined : (debt) => holds.holds(houseId, penaltyOf(debt, catalogue)));
    }
    await dropLines(tx, closing, houseIds);
    await writer.load(tx, previewTable(closing.closingId));
    await writeLate(tx, closing, { houseIds, late: holds.late });
    await lots.load(tx);
    await markDone(tx, closing, writer);
    await markFailed(tx, closing, failures);
  }

  /** Writes down the lines of a house; one that cannot be charged is parked with its reason, and the others go on. */
  private charge(
    house: HouseSnapshot,
    catalogue: Catalogue,
    { writer, holds }: { writer: PreviewWriter; holds: Holds },
  ): Omit<HouseFailure, 'houseId'> | undefined {
    const { houseId } = house;
    try {
      if (holds.isWhole(houseId)) {
        writer.add(carryForward(house));
        return undefined;
      }
      const late = holds.failures.get(houseId);
      if (late !== undefined) return { failure: late };
      const contested = findContested(house);
      if (contested) return { failure: `TWO_SUPPLIERS: ${catalogue.service(contested).name}` };
      const accounts = findWithoutArea(house);
      if (accounts.length > 0) return { failure: 'NO_AREA: ', accounts };
      const computed = calculateHouse(holds.prepared(house));
      const lack = findLack(computed, house);
      if (!lack) {
        writer.add(holds.applied(computed, house));
        return undefined;
      }
      const names = lack.services.map((id) => catalogue.service(id).name).join(', ');
      const { accounts: whose } = lack;
      return { failure: `${lack.code}: ${names}${whose.length > 0 ? '; ' : ''}`, accounts: whose };
    } catch (failure) {
      this.logger.error(failure);
      const text = failure instanceof Error ? failure.message : String(failure);
      return { failure: `ENGINE_ERROR: ${text}` };
    }
  }
}

/** The line on which the penalty of a debt is charged. */
const penaltyOf = ({ account, supplier }: DebtKey, { penaltyService }: Catalogue): LineKey => ({
  accountId: String(account),
  serviceId: String(penaltyService),
  supplierId: String(supplier),
});
