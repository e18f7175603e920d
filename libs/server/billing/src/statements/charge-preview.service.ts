import { Inject, Injectable } from '@nestjs/common';
import {
  type AccountRegister,
  type AccountSnapshot,
  type Money,
  type Month,
  type Quantity,
  type SettledReading,
  type StatementLine,
  type Volume,
  type Volumes,
  addMoney,
  calculateStatement,
  consumption,
  counted,
  dayNumber,
  moneyOf,
  monthOf,
  split,
  sum,
} from '@kvartal/domain';
import { IntakeQueries, type KnownIntake, judge } from '@kvartal/meters';
import { type RefusalDetail, inTransaction, refusalView } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { BooksKeeper } from '../books';
import { readCatalogue } from '../closing/closing.catalogue';
import { readHouses } from '../closing/closing.snapshot';
import type { AccountKey } from './services.queries';
import type { ChargePreview, ReadingDraftInput, RegisterPreview } from './services.types';

/** A draft as the intake judges it. */
interface Judged {
  registerId: string;
  houseId: string;
  month: Month;
  reading: SettledReading | null;
  refusals: readonly RefusalDetail[];
  warnings: readonly RefusalDetail[];
}

const DOUBT = 'IMPLAUSIBLE_JUMP';

/** What readings would cost while they are typed: the closing's own functions on the account's snapshot, drafts in place. */
@Injectable()
export class ChargePreviews {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(IntakeQueries) private readonly intake: IntakeQueries,
  ) {}

  /** One answer a draft, and their sum. Nothing is written. */
  async preview(key: AccountKey, drafts: readonly ReadingDraftInput[]): Promise<ChargePreview> {
    const known = await this.intake.ofAccount(this.db, { ...key, person: null, keys: [] });
    const judged = drafts.map((draft, place) => judgeDraft(known, draft, place));
    const accepted = judged.flatMap((one) => (one.reading ? [{ ...one, reading: one.reading }] : []));
    const costs = await this.costs(key, accepted);
    const registers = judged.map((one): RegisterPreview => {
      const found = costs.get(one.registerId);
      return {
        registerId: one.registerId,
        consumption: found?.consumption ?? null,
        cost: found?.cost ?? null,
        refusals: one.refusals.map(refusalView),
        warnings: one.warnings.map(refusalView),
      };
    });
    const total = sum(registers.flatMap(({ cost }) => cost ?? []));
    // common consumption, recalculations and prices may change until the month is closed
    return { registers, total, isEstimated: true };
  }

  private async costs(
    { organizationId, accountId }: AccountKey,
    accepted: readonly (Judged & { reading: SettledReading })[],
  ): Promise<Map<string, RegisterCost>> {
    const [first] = accepted;
    if (!first) return new Map();
    const { month, houseId } = first;
    const drafts = new Map(accepted.map(({ registerId, reading }) => [registerId, reading]));
    const account = await inTransaction(this.db, async (tx) => {
      const catalogue = await readCatalogue(tx, organizationId, month);
      const { closed } = await this.books.read(organizationId, tx);
      const scope = {
        organizationId,
        houseIds: [houseId],
        accountId,
        closed: closed.filter((one) => one.month < month),
        drafts,
      };
      return (await readHouses(tx, catalogue, scope))[0]?.accounts[0];
    });
    return account ? costsOf(account, drafts) : new Map();
  }
}

function judgeDraft(known: KnownIntake, { registerId, value }: ReadingDraftInput, place: number): Judged {
  const path = ['readings', place, 'value'];
  const register = known.registers.find(({ id }) => id === registerId);
  const nothing = { registerId, houseId: '', reading: null, warnings: [] };
  if (!register) {
    const refusals: RefusalDetail[] = [
      { code: 'READING_UNKNOWN_METER', path: ['readings', place, 'registerId'] },
    ];
    return { ...nothing, month: monthOf(known.today), refusals };
  }
  const draft = { value, takenOn: known.today, confirmUnusual: false };
  const { month, check, refusals } = judge(known, register, draft);
  const stated = refusals.map((refusal) => ({ ...refusal, path }));
  const reasons = stated.filter(({ code }) => code !== DOUBT);
  const doubts = check.warnings
    .filter((code) => code !== DOUBT)
    .map((code): RefusalDetail => ({ code, path }));
  const isAccepted = reasons.length === 0 && check.value !== null;
  return {
    registerId,
    houseId: register.houseId,
    month,
    reading: isAccepted && check.value !== null ? { value: check.value, on: dayNumber(known.today) } : null,
    refusals: reasons,
    warnings: [...stated.filter(({ code }) => code === DOUBT), ...doubts],
  };
}

interface RegisterCost {
  consumption: Quantity | null;
  cost: Money;
}

/** Each register's part of the lines that its volume is charged by; parts add up to the lines. */
function costsOf(account: AccountSnapshot, drafts: ReadonlyMap<string, unknown>): Map<string, RegisterCost> {
  const volumes = consumption(account);
  const { lines } = calculateStatement(account, volumes, { period: account.period, commons: [] });
  const costs = new Map<string, RegisterCost>();
  for (const register of account.registers)
    if (drafts.has(register.registerId))
      costs.set(register.registerId, { consumption: countedBy(register), cost: moneyOf(0n) });
  for (const line of lines) shareLine(account, volumes, { line, costs });
  return costs;
}

function countedBy({ previous, current, shape }: AccountRegister): Quantity | null {
  return previous && current ? counted(previous.value, current.value, shape) : null;
}

const isWater = ({ resource }: Volume): boolean => resource === 'COLD_WATER' || resource === 'HOT_WATER';

/** Splits a line over the volumes it charges, and each volume over its registers. */
function shareLine(
  account: AccountSnapshot,
  volumes: Volumes,
  { line, costs }: { line: StatementLine; costs: Map<string, RegisterCost> },
): void {
  const service = account.services.find(
    ({ terms }) => terms.serviceId === line.serviceId && terms.supplierId === line.supplierId,
  );
  if (!service || line.charged === 0n) return;
  const { resource, zone } = service.terms;
  const charged =
    service.method === 'SUM_OF_WATER'
      ? volumes.filter(isWater)
      : volumes.filter((one) => service.method === 'METER' && one.resource === resource && one.zone === zone);
  const parts = splitOver(
    line.charged,
    charged.map(({ quantity }) => quantity),
  );
  for (const [at, volume] of charged.entries())
    shareVolume(account, volume, { amount: parts[at] ?? 0n, costs });
}

/** A volume's cost by what each register counted; what was estimated for other registers is nobody's here. */
function shareVolume(
  account: AccountSnapshot,
  volume: Volume,
  { amount, costs }: { amount: bigint; costs: Map<string, RegisterCost> },
): void {
  const registers = account.registers.filter(
    ({ resource, zone }) => resource === volume.resource && zone === volume.zone,
  );
  const read = registers.map((register): bigint => countedBy(register) ?? 0n);
  const estimated = read.reduce((left, one) => left - one, volume.quantity);
  const parts = splitOver(amount, [...read, estimated]);
  for (const [at, { registerId }] of registers.entries()) {
    const found = costs.get(registerId);
    if (found) found.cost = addMoney(found.cost, moneyOf(parts[at] ?? 0n));
  }
}

/** By weights; a weight below zero counts as none, and over no weight at all nothing is split. */
function splitOver(amount: bigint, weights: readonly bigint[]): bigint[] {
  const sane = weights.map((weight) => (weight > 0n ? weight : 0n));
  return sane.some((weight) => weight > 0n) ? split(amount, sane) : [];
}
