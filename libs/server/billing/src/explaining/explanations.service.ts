import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  type ChargedMonth,
  type Explanation,
  type Month,
  explainHeld,
  explainStatement,
} from '@kvartal/domain';
import { NotFound, Refusal, inTransaction, requireIds, row, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { grouped } from '../grouped';
import type { AccountKey } from '../statements/services.queries';
import { type ComputedMonth, ComputedMonths } from './computed-months';
import type { Explained, LineExplanation, LineInput } from './explaining.types';
import { readLineMovements } from './line-movements';
import { type HouseMoment, readHouseMeters } from './house-readings';
import { type Origins, readOrigins } from './origins';
import { type StoredLine, isSame, readStoredLines } from './stored-lines';

/** Which lines; all of the month where nothing is named. */
export interface WantedLine {
  serviceId?: string | null | undefined;
  supplierId?: string | null | undefined;
}

/** Tells how lines were charged: computed again from what was known then, never stored. */
@Injectable()
export class Explanations {
  private readonly logger = new Logger(Explanations.name);

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(ComputedMonths) private readonly months: ComputedMonths,
  ) {}

  /** Lines of a closed month. Refuses PERIOD_NOT_CLOSED and EXPLANATION_DIFFERS; throws NotFound. */
  ofMonth(account: AccountKey, month: Month, wanted: WantedLine = {}): Promise<Explained> {
    return this.explain(account, wanted, (tx) => this.months.closed(tx, account.organizationId, month));
  }

  /** Lines of a closing under review. Refuses EXPLANATION_DIFFERS where the house has changed since; throws NotFound. */
  ofClosing(account: AccountKey, closingId: string, wanted: WantedLine = {}): Promise<Explained> {
    const { organizationId } = account;
    return this.explain(account, wanted, (tx) => this.months.ofClosing(tx, { organizationId, closingId }));
  }

  /**
   * Explains every line of houses in a closed month and compares each with the stored one. Returns how many there are.
   * Refuses PERIOD_NOT_CLOSED, and EXPLANATION_DIFFERS at the first that is not the same to the kopek.
   */
  async check(organizationId: string, month: Month, houseIds: readonly string[]): Promise<number> {
    return inTransaction(
      this.db,
      async (tx) => {
        const computed = await this.months.closed(tx, organizationId, month);
        const charged = await this.months.read(tx, computed, { houseIds });
        const ids = charged.map(({ account }) => account.accountId);
        const stored = grouped(await readStoredLines(tx, computed, ids), ({ accountId }) => accountId);
        let lines = 0;
        for (const one of charged)
          lines += this.reproduced(computed, one, stored.get(one.account.accountId) ?? []).length;
        return lines;
      },
      'REPEATABLE READ',
    );
  }

  private explain(
    account: AccountKey,
    wanted: WantedLine,
    find: (tx: Tx) => Promise<ComputedMonth>,
  ): Promise<Explained> {
    requireIds(account.organizationId, account.accountId);
    return inTransaction(
      this.db,
      async (tx) => {
        const houseId = await houseOf(tx, account);
        const computed = await find(tx);
        const stored = await readStoredLines(tx, computed, [account.accountId]);
        const { accountId } = account;
        const [charged] = await this.months.read(tx, computed, { houseIds: [houseId], accountId });
        const lines = charged ? this.reproduced(computed, charged, stored, wanted) : [];
        const { month, knownAt, closingId } = computed;
        const at = { ...account, houseId, month, knownAt, closingId };
        return { month, lines: await told(tx, { at, lines }) };
      },
      'REPEATABLE READ',
    );
  }

  /**
   * Stored lines with how they were made, computed again. Refuses EXPLANATION_DIFFERS where one is another, is missing or is
   * too many.
   */
  private reproduced(
    computed: ComputedMonth,
    charged: ChargedMonth,
    stored: readonly StoredLine[],
    wanted: WantedLine = {},
  ): ToldLine[] {
    const isAsked = isWanted(wanted);
    const asked = stored.filter(isAsked);
    const explained = explainStatement(charged.account, charged.share).filter(({ line }) => isAsked(line));
    const lines = asked.flatMap((one) => {
      const made = explained.find(({ line }) => isOf(one)(line));
      const found = one.method === 'HELD' ? explainHeld(charged.account, one) : made;
      return found && isSame(found.line, one) && isWhole(found) ? [{ stored: one, explanation: found }] : [];
    });
    const isComplete = explained.every(({ line }) => asked.some(isOf(line)));
    if (lines.length === asked.length && isComplete) return lines;
    const { month, organizationId, closingId } = computed;
    const { accountId } = charged.account;
    this.logger.error({ organizationId, closingId, accountId }, 'an explanation is not the line');
    throw new Refusal('EXPLANATION_DIFFERS', { params: { month } });
  }
}

/** What a line is of. */
export type LineNames = Pick<StoredLine, 'serviceId' | 'supplierId' | 'service' | 'supplier' | 'unit'>;

/** A line with how it was charged. */
export interface ToldLine {
  stored: LineNames;
  explanation: Explanation;
}

/** Whether what is told adds up to what was charged. */
const isWhole = ({ charged, line }: Explanation): boolean => charged === line.charged;

type LineKey = Pick<StoredLine, 'serviceId' | 'supplierId'>;

const isOf =
  (one: LineKey) =>
  ({ serviceId, supplierId }: LineKey): boolean =>
    serviceId === one.serviceId && supplierId === one.supplierId;

const isWanted =
  ({ serviceId, supplierId }: WantedLine) =>
  (line: LineKey): boolean =>
    (serviceId ?? line.serviceId) === line.serviceId && (supplierId ?? line.supplierId) === line.supplierId;

/** The house of an account. Throws NotFound. */
export async function houseOf(tx: Tx, { organizationId, accountId }: AccountKey): Promise<string> {
  const found = await row<{ houseId: string }>(
    tx,
    'select house_id as "houseId" from account where organization_id = $1 and id = $2',
    [organizationId, accountId],
  );
  if (!found) throw new NotFound();
  return found.houseId;
}

/** Lines as people see them, each number with the record that it comes from. */
export async function told(
  tx: Tx,
  { at, lines }: { at: AccountKey & HouseMoment & { closingId?: string }; lines: readonly ToldLine[] },
): Promise<LineExplanation[]> {
  const origins = await readOrigins(
    tx,
    at.organizationId,
    lines.map(({ explanation }) => explanation),
  );
  const movements = await readLineMovements(tx, at);
  const views = lines.map((line) => {
    const { serviceId, supplierId } = line.stored;
    return { ...viewOf(line, origins), movements: [...(movements.get(`${serviceId} ${supplierId}`) ?? [])] };
  });
  for (const { serviceId, inputs } of views)
    for (const input of inputs)
      if (input.name === 'HOUSE_METER') input.origins = await readHouseMeters(tx, at, serviceId);
  return views;
}

function viewOf({ stored, explanation }: ToldLine, origins: Origins): Omit<LineExplanation, 'movements'> {
  const { serviceId, supplierId, service, supplier, unit } = stored;
  const { line, rule, formulas, inputs, segments, additions, lots, charged } = explanation;
  return {
    serviceId,
    supplierId,
    service,
    supplier,
    unit,
    method: line.method,
    rule,
    formulas: [...formulas],
    quantity: line.quantity,
    inputs: inputs.map((input): LineInput => {
      const origin = origins.ofInput(input);
      const { name, value, days } = input;
      return { name, value, from: days?.from ?? null, to: days?.to ?? null, origins: origin ? [origin] : [] };
    }),
    segments: segments.map(({ tariffId, ...segment }) => ({
      ...segment,
      tariff: origins.of('TARIFF', tariffId),
    })),
    additions: additions.map((addition) => ({
      ...addition,
      origin: origins.ofAddition(addition),
      law: origins.of('RATE', addition.law),
    })),
    lots: lots.map(({ parts, ...lot }) => ({ ...lot, parts: [...parts] })),
    charged,
  };
}
