import { type MonthLot, type PenaltyDebt, moneyOf, penaltiesUntil } from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import { type DebtGroup, type Payer, type PenaltyBook, readPenaltyBook } from '../penalties/penalty.book';
import { type Debt, type LastMonth, chargeLots, lotsAfter } from '../penalties/penalty.debts';
import { type ByDebt, readLots, readMoves } from '../penalties/penalty.lots';
import type { Catalogue } from './closing.catalogue';
import { type AccountDraft, type Drafts, type SnapshotScope, draftOf, ofHouses } from './closing.drafts';
import { copyOut } from './copy';

interface Known {
  book: PenaltyBook;
  last: LastMonth;
  lots: ByDebt<MonthLot>;
  legal: ReadonlySet<number>;
  /** Services whose debt of the month before may cost something before this month ends. */
  early: Readonly<Record<Payer, ReadonlySet<number>>>;
  /** Services that debts can be of, and their kinds. */
  groups: ReadonlyMap<number, DebtGroup>;
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
  drafts: Drafts,
): Promise<void> {
  const { penaltyService } = catalogue;
  const { organizationId, periodId } = scope;
  if (penaltyService === undefined || periodId === undefined || drafts.accounts.size === 0) return;
  const known = await readKnown(tx, catalogue, scope, drafts);
  if (!known) return;
  const debtors = [...drafts.accounts].flatMap(([id, account]) => {
    const debts = debtsOf(id, account, known);
    return debts.length > 0 ? [{ id, account, debts }] : [];
  });
  const ids = new Set(debtors.map(({ id }) => id));
  const moves = await readMoves(tx, { organizationId, periodIds: [periodId] }, ids);
  for (const { account, debts } of debtors) {
    const lines = new PenaltyLines(account, catalogue, penaltyService);
    for (const debt of debts) {
      const lots = lotsAfter(debt, known.book, { last: known.last, moves: moves.of(debt.key) });
      const charged = chargeLots(debt, known.book, { lots, until: catalogue.period.to });
      for (const one of charged.debts) lines.add(debt.key.supplier, one);
      scope.lots?.add(debt.key, debt.known, charged.lots);
    }
    lines.draw();
  }
}

async function readKnown(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
  drafts: Drafts,
): Promise<Known | undefined> {
  const { organizationId, knownAt } = scope;
  const { period } = catalogue;
  const [before] = scope.closed;
  if (!before) return undefined;
  const book = await readPenaltyBook(tx, organizationId, knownAt);
  const due = book.dueOf(before.month);
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
    last: { month: before.month, due, endsOn: period.from - 1 },
    lots: await readLots(tx, { organizationId, closingId: before.closingId }, drafts.accounts.keys()),
    legal: await readLegal(tx, scope),
    early: { PERSON: early('PERSON'), LEGAL: early('LEGAL') },
    groups,
  };
}

/** Legal entities among the accounts of the houses. */
async function readLegal(tx: Tx, scope: SnapshotScope): Promise<Set<number>> {
  const found = await copyOut(
    tx,
    `select a.id from account a where ${ofHouses(scope, 'a')} and a.kind = 'LEGAL'`,
  );
  const legal = new Set<number>();
  while (found.next()) legal.add(found.id());
  return legal;
}

/** What an account may have to pay a penalty for: what is remembered, what is not paid, what was perhaps paid late. */
function debtsOf(id: number, account: AccountDraft, { lots, legal, early, groups }: Known): Debt[] {
  const payer = legal.has(id) ? 'LEGAL' : 'PERSON';
  const remembered = lots.keysOf(id);
  const debts: Debt[] = [];
  for (const { opening, paid, placed } of account.services) {
    if (opening <= 0n) continue;
    const { service, supplier } = placed;
    const isLate = opening > paid || early[payer].has(service) || remembered.length > 0;
    const group = isLate ? groups.get(service) : undefined;
    const key = { account: id, service, supplier };
    if (group) debts.push({ key, payer, group, opening, known: lots.of(key) });
  }
  for (const key of remembered) {
    const group = groups.get(key.service);
    const isOf = (one: { service: number; supplier: number }) =>
      one.service === key.service && one.supplier === key.supplier;
    if (!group || debts.some((debt) => isOf(debt.key))) continue;
    const opening = account.services.find(({ placed }) => isOf(placed))?.opening ?? NOTHING;
    debts.push({ key, payer, group, opening, known: lots.of(key) });
  }
  return debts;
}

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
      if (!known && debts.every((debt) => newOf(debt, to) === 0n)) continue;
      const placed = this.catalogue.termsOf({ service, supplier, method: 'PENALTY', tariffGroup: 1 });
      const line = known ?? draftOf(placed, from, to);
      Object.assign(line, { terms: placed.terms, method: 'PENALTY', from, to, debts });
      if (!known) this.account.services.push(line);
    }
  }
}

/** What a debt's penalty has grown by. */
const newOf = (debt: PenaltyDebt, until: number): bigint =>
  penaltiesUntil(debt, until).reduce(
    (total, cost, place) => total + cost - (debt.lots[place]?.accrued ?? 0n),
    0n,
  );
