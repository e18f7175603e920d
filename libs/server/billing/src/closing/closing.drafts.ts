import {
  type AccountRegister,
  type AccountService,
  type AccountSnapshot,
  type Dated,
  type DaySpan,
  type Quantity,
  type SettledReading,
  moneyOf,
} from '@kvartal/domain';
import type { ClosedMonth } from '../books';
import type { LotWriter } from '../penalties/penalty.lots.writer';
import type { PlacedTerms } from './closing.catalogue';
import { Devices } from './closing.devices';
import { type CopyReader, literal } from './copy';
import type { SortedRows } from './copy.sorted';

/** What is to be read: houses, or one account of one house. */
export interface SnapshotScope {
  organizationId: string;
  houseIds: readonly string[];
  /** Only this account, for a preview; commons stay empty. */
  accountId?: string;
  /** The month's period, whose movements belong into its lines; left out where no lines are drawn. */
  periodId?: string;
  /** Closed months before this one, newest first. */
  closed: readonly ClosedMonth[];
  /** Readings by register that nobody has sent yet: a preview takes them as this month's. */
  drafts?: ReadonlyMap<string, SettledReading>;
  /** Takes the debts as they stand after the month: a closing keeps them for the next one. */
  lots?: LotWriter;
  /**
   * The moment whose knowledge counts; left out, what is known now. Every read of rows with `known` asks `believed`. (Not
   * readings: those of a closed month never change.)
   */
  knownAt?: Date;
  /** What is charged now for months that were held, as estimates: readings that come later contain it. */
  late?: readonly LateEstimate[];
}

/** A volume estimated for a month, by this closing where the month was held, less its common part; millionths. */
export interface LateEstimate {
  account: number;
  service: string;
  supplier: string;
  /** The closing of the month. */
  closing: number;
  quantity: bigint;
  common: bigint;
  /** Minor units, without tax on top and what a raised norm adds. */
  charged: bigint;
  /** Whose prices it had; left out of what this closing charges: how that is taken is believed now. */
  tariffGroup?: number;
}

/** Rows of the houses that are read. */
export const ofHouses = (scope: SnapshotScope, alias: string): string =>
  `${alias}.organization_id = ${literal(scope.organizationId)} and ${alias}.house_id in (${literal(scope.houseIds)})`;

export const EVER = 10_000_000;

/** A service of an account while its parts are read: the days and method from one table, the money from two more. */
export type ServiceDraft = { -readonly [K in keyof AccountService]: AccountService[K] } & {
  readonly placed: PlacedTerms;
};

/** An account while its parts are read. */
export interface AccountDraft {
  accountId: string;
  /** The place of its house in the batch. */
  readonly slot: number;
  isLegal: boolean;
  open: DaySpan;
  areas: Dated<Quantity>[];
  heatedAreas: Dated<Quantity>[];
  residents: Dated<Quantity>[];
  owners?: Dated<Quantity>[];
  registers: AccountRegister[];
  services: ServiceDraft[];
  /** What acts say of it; few accounts have any. */
  further?: Pick<AccountSnapshot, 'absences' | 'acts'>;
}

/** A house while its parts are read. */
export interface HouseDraft {
  houseId: string;
  /** Its place in the batch. */
  readonly slot: number;
  accounts: AccountDraft[];
  commonAreas: Dated<Quantity>[];
  totalAreas: Dated<Quantity>[];
  heatedAreas: Dated<Quantity>[];
  /** A month of the year before, by service, where that is charged. */
  averages?: Map<string, Quantity>;
}

/** Puts what was read of a batch into one of its houses. Houses are asked for in turn, each once. */
export type Placing = (house: HouseDraft) => void;

export const NOTHING_TO_PLACE: Placing = () => undefined;

/** Everything read so far, by the ids that the next tables name. */
export class Drafts {
  readonly houses = new Map<number, HouseDraft>();
  readonly accounts = new Map<number, AccountDraft>();
  readonly byPremises = new Map<number, AccountDraft[]>();
  /** Meters that worked on some day of the month. */
  readonly workingMeters = new Set<number>();
  readonly devices = new Devices();
  private readonly answers: SortedRows[] = [];

  /** The rows of an answer by the houses of the accounts that they begin with. */
  byAccount(answer: CopyReader): SortedRows {
    return this.kept(answer.sorted(this.houses.size, (row) => this.accounts.get(row.id())?.slot ?? -1));
  }

  /** The rows of an answer by the houses that they begin with. */
  byHouse(answer: CopyReader): SortedRows {
    return this.kept(answer.sorted(this.houses.size, (row) => this.houses.get(row.id())?.slot ?? -1));
  }

  private kept(rows: SortedRows): SortedRows {
    this.answers.push(rows);
    return rows;
  }

  /** Gives up the answers: every house has been drawn up. */
  release(): void {
    for (const answer of this.answers) answer.release();
  }
}

const NOTHING = moneyOf(0n);

/** A service for some days of the month that nothing has moved yet. */
export function draftOf(placed: PlacedTerms, from: number, to: number): ServiceDraft {
  return {
    placed,
    terms: placed.terms,
    method: placed.method,
    from,
    to,
    opening: NOTHING,
    recalculated: NOTHING,
    underdelivered: NOTHING,
    benefit: NOTHING,
    adjusted: NOTHING,
    paid: NOTHING,
  };
}
