import { type Month, type MonthLot, type PenaltyDebt, moneyOf, newPenalty } from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import { type DebtGroup, type Payer, type PenaltyBook, readPenaltyBook } from '../penalties/penalty.book';
import { type Debt, type LastMonth, chargeLots, lotsAfter } from '../penalties/penalty.debts';
import { type ByDebt, askForLots, lotsOf } from '../penalties/penalty.lots';
import type { Catalogue } from './closing.catalogue';
import {
  type AccountDraft,
  type Drafts,
  type HouseDraft,
  NOTHING_TO_PLACE,
  type Placing,
  type SnapshotScope,
  draftOf,
} from './closing.drafts';
import { type Movements, debtMovesOf } from './closing.movements';

/** What penalties of a batch are found by. */
interface Known {
  book: PenaltyBook;
  last: LastMonth;
  /** Services whose debt of the month before may cost something before this month ends. */
  early: Readonly<Record<Payer, ReadonlySet<number>>>;
  /** Services that debts can be of, and their kinds. */
  groups: ReadonlyMap<number, DebtGroup>;
}

interface Debtor {
  id: number;
  account: AccountDraft;
  debts: readonly Debt[];
}

const NOTHING = moneyOf(0n);

/**
 * Gives each account that is late its lines of penalty: for the debts that the month before left behind, for that month's
 * own where they are still owed, less what has been paid of them since. Whoever pays his bill costs nothing here but a look
 * at his balances, which have been read (specification part C).
 */
export async function readPenalties(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
  { drafts, movements }: { drafts: Drafts; movements: Movements | undefined },
): Promise<Placing> {
  const { penaltyService: service } = catalogue;
  const [before] = scope.closed;
  if (service === undefined || !movements || !before) return NOTHING_TO_PLACE;
  const { organizationId, lots: writer } = scope;
  const known = await readKnown(tx, catalogue, scope, before.month);
  const accounts = drafts.accounts.keys();
  const asked = await askForLots(tx, { organizationId, closingId: before.closingId, accounts });
  const lots = drafts.byAccount(asked);
  return (house) => {
    const debtors = debtorsOf(house, lotsOf(lots.of(house.slot)), known);
    if (debtors.length === 0) return;
    const moves = debtMovesOf(movements.of(house), new Set(debtors.map(({ id }) => id)));
    for (const { account, debts } of debtors) {
      const lines = new PenaltyLines(account, catalogue, service);
      for (const debt of debts) {
        const after = lotsAfter(debt, known.book, { last: known.last, moves: moves.of(debt.key) });
        const charged = chargeLots(debt, known.book, { lots: after, until: catalogue.period.to });
        for (const one of charged.debts) lines.add(debt.key.supplier, one);
        writer?.add(debt.key, debt.known, charged.lots);
      }
      lines.draw();
    }
  };
}

async function readKnown(
  tx: Tx,
  catalogue: Catalogue,
  { organizationId, knownAt }: SnapshotScope,
  lastMonth: Month,
): Promise<Known> {
  const { period } = catalogue;
  const book = await readPenaltyBook(tx, organizationId, knownAt);
  const due = book.dueOf(lastMonth);
  const groups = new Map(
    catalogue.debtServices().map(({ id, group }): [number, DebtGroup] => [Number(id), group]),
  );
  const early = (payer: Payer): ReadonlySet<number> => {
    const found = [...groups].filter(([, group]) => {
      const first = book.termsOf(payer, group, due)?.scheme.bands[0]?.fromDay;
      return first !== undefined && due + first < period.to;
    });
    return new Set(found.map(([id]) => id));
  };
  return {
    book,
    last: { month: lastMonth, due, endsOn: period.from - 1 },
    early: { PERSON: early('PERSON'), LEGAL: early('LEGAL') },
    groups,
  };
}

/** Accounts of a house that may have to pay a penalty. */
function debtorsOf({ accounts }: HouseDraft, lots: ByDebt<MonthLot>, known: Known): Debtor[] {
  const debtors: Debtor[] = [];
  const withLots = { ...known, lots };
  for (const account of accounts) {
    const id = Number(account.accountId);
    const debts = debtsOf(id, account, withLots);
    if (debts.length > 0) debtors.push({ id, account, debts });
  }
  return debtors;
}

/** What an account may have to pay a penalty for: what is remembered, what is not paid, what was perhaps paid late. */
function debtsOf(
  id: number,
  { services, isLegal }: AccountDraft,
  { lots, early, groups }: Known & { lots: ByDebt<MonthLot> },
): readonly Debt[] {
  const payer = isLegal ? 'LEGAL' : 'PERSON';
  const remembered = lots.keysOf(id);
  let debts: Debt[] | undefined;
  for (const { opening, paid, placed } of services) {
    if (opening <= 0n) continue;
    const { service, supplier } = placed;
    const isLate = opening > paid || early[payer].has(service) || remembered.length > 0;
    const group = isLate ? groups.get(service) : undefined;
    if (!group) continue;
    const key = { account: id, service, supplier };
    (debts ??= []).push({ key, payer, group, opening, known: lots.of(key) });
  }
  for (const key of remembered) {
    const group = groups.get(key.service);
    const isOf = (one: { service: number; supplier: number }) =>
      one.service === key.service && one.supplier === key.supplier;
    if (!group || debts?.some((debt) => isOf(debt.key))) continue;
    const opening = services.find(({ placed }) => isOf(placed))?.opening ?? NOTHING;
    (debts ??= []).push({ key, payer, group, opening, known: lots.of(key) });
  }
  return debts ?? NO_DEBTS;
}

const NO_DEBTS: readonly Debt[] = [];

/** An account's lines of penalty, one a supplier. */
class PenaltyLines {
  private readonly bySupplier = new Map<number, PenaltyDebt[]>();

  constructor(
    private readonly account: AccountDraft,
    private readonly catalogue: Catalogue,
    private readonly service: number,
  ) {}

  add(supplier: number, debt: PenaltyDebt): void {
    if (!this.bySupplier.get(supplier)?.push(debt)) this.bySupplier.set(supplier, [debt]);
  }

  /** Adds them to the account's services; what comes to nothing has no line, unless there is a balance on it. */
  draw(): void {
    const { service } = this;
    const { from, to } = this.catalogue.period;
    for (const [supplier, debts] of this.bySupplier) {
      const known = this.account.services.find(
        ({ placed }) => placed.service === service && placed.supplier === supplier,
      );
      if (!known && debts.every((debt) => newPenalty(debt, to) === 0n)) continue;
      const placed = this.catalogue.termsOf({ service, supplier, method: 'PENALTY', tariffGroup: 1 });
      const line = known ?? draftOf(placed, from, to);
      Object.assign(line, { terms: placed.terms, method: 'PENALTY', from, to, debts });
      if (!known) this.account.services.push(line);
    }
  }
}
