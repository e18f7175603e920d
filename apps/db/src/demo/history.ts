import type pg from 'pg';
import {
  type CivilDate,
  type Month,
  addDays,
  daysIn,
  firstDay,
  monthOf,
  previousMonth,
} from '@kvartal/domain';
import { TableWriter, TableWriters } from './copy';
import { morningOf } from './moments';
import type { Random } from './random';
import type { WrittenOrganization, WrittenRegister } from './write-town';

/** How cold and dark a month is, in hundredths of an ordinary one: water hardly minds, electricity does. */
const SEASON: Readonly<Record<WrittenRegister['resource'], readonly number[]>> = {
  COLD_WATER: [96, 95, 97, 98, 104, 110, 112, 108, 103, 99, 97, 98],
  HOT_WATER: [112, 110, 106, 100, 92, 84, 78, 82, 94, 102, 108, 112],
  ELECTRICITY: [122, 115, 104, 96, 88, 80, 82, 86, 94, 104, 114, 125],
};

const COLUMNS = [
  'id',
  'organization_id',
  'house_id',
  'register_id',
  'month',
  'taken_on',
  'value',
  'source',
  'known',
  'created_at',
] as const;
const MISSED_PERCENT = 4;

/** A month that still runs: who has sent readings by that day, and no house meters yet. */
export interface SoFar {
  until: CivilDate;
  /** Accounts that have not sent theirs. */
  except: ReadonlySet<number>;
}

/** Readings of the town, month after month: each register goes on from where it stood. */
export class ReadingHistory {
  private readonly table: TableWriter;
  private readonly writer: TableWriters;

  constructor(
    client: pg.Client,
    private readonly organization: WrittenOrganization,
    private readonly of: { registers: readonly WrittenRegister[]; random: Random; lane: number | undefined },
  ) {
    this.table = new TableWriter(client, 'reading', COLUMNS);
    this.writer = new TableWriters([this.table]);
  }

  /** What stood on the registers when the history begins. */
  async installation(before: Month): Promise<void> {
    await this.writer.begin(this.of.lane);
    const on = addDays(firstDay(before), 19);
    for (const register of this.of.registers) await this.write(register, before, on, 'INSTALLATION');
    await this.writer.end();
  }

  /** One month's readings; with `soFar`, of the month that still runs. */
  async month(month: Month, soFar?: SoFar): Promise<void> {
    await this.writer.begin(this.of.lane);
    const ofHouse = new Map<string, number>();
    for (const register of this.of.registers) {
      if (register.accountId === null) continue;
      const used = this.consumption(register, month);
      const key = `${register.houseId}:${register.resource}`;
      ofHouse.set(key, (ofHouse.get(key) ?? 0) + used);
      register.value += used;
      const on = addDays(firstDay(month), this.of.random.between(9, 23));
      const isMissed = this.of.random.chance(MISSED_PERCENT);
      if (soFar && (on > soFar.until || soFar.except.has(register.accountId))) {
        register.value -= used;
        continue;
      }
      if (isMissed) continue;
      await this.write(
        register,
        month,
        on,
        this.of.random.chance(72) ? 'SITE' : this.of.random.pick(['PHONE', 'OFFICE', 'MOBILE']),
      );
    }
    if (!soFar) await this.houseMeters(month, ofHouse);
    await this.writer.end();
  }

  private async houseMeters(month: Month, used: ReadonlyMap<string, number>): Promise<void> {
    const on = addDays(firstDay(month), daysIn(month) - 6);
    for (const register of this.of.registers) {
      if (register.accountId !== null) continue;
      const flats = used.get(`${register.houseId}:${register.resource}`) ?? 0;
      // most months the house takes more than its flats; now and then the readings of the flats run ahead of it
      const share = this.of.random.chance(8)
        ? this.of.random.between(97, 99)
        : this.of.random.between(101, 106);
      register.value += rounded((flats * share) / 100, register.decimals);
      await this.write(register, month, on, 'CONTROLLER');
    }
  }

  private consumption(register: WrittenRegister, month: Month): number {
    const season = SEASON[register.resource][Number(month.slice(5)) - 1] ?? 100;
    return rounded((register.usual * season * this.of.random.between(75, 128)) / 10_000, register.decimals);
  }

  private async write(register: WrittenRegister, month: Month, on: CivilDate, source: string): Promise<void> {
    const at = morningOf(on, register.id);
    this.table.add(
      this.table.nextId(),
      this.organization.id,
      register.houseId,
      register.id,
      firstDay(month),
      on,
      BigInt(rounded(register.value, register.decimals)) * 1000n,
      source,
      `["${at}",)`,
      at,
    );
    await this.writer.flushLarge();
  }
}

/** Thousandths, kept to what the register can show. */
function rounded(thousandths: number, decimals: number): number {
  const step = decimals === 0 ? 1000 : 1;
  return Math.round(thousandths / step) * step;
}

/** The twelve months before the month of `today`, the oldest first. */
export function pastMonths(today: CivilDate): Month[] {
  const months: Month[] = [];
  for (let month = previousMonth(monthOf(today)); months.length < 12; month = previousMonth(month))
    months.unshift(month);
  return months;
}
