import { allocateInOrder, allocateOldestFirst, allocateProportional, commission } from '../allocation';
import { dueOf } from '../charging/statement-line';
import { balancesAfter, ENTRY_TYPES, type JournalEntry, rowClosing, type RowMoney } from '../ledger';
import { addMoney, moneyText, subtractMoney, sum, ZERO } from '../money';
import { type PayableLine, totalToPay } from '../total-to-pay';
import { type Inputs } from './inputs';
import { sumText, type VectorRule } from './rule';

const rowOf = (given: Inputs): RowMoney => ({
  opening: given.moneyOr('opening', '0'),
  charged: given.moneyOr('charged', '0'),
  recalculation: given.moneyOr('recalculation', '0'),
  underdelivery: given.moneyOr('underdelivery', '0'),
  benefit: given.moneyOr('benefit', '0'),
  penalty: given.moneyOr('penalty', '0'),
  adjustment: given.moneyOr('adjustment', '0'),
  paid: given.moneyOr('paid', '0'),
});

const row: VectorRule = (given) => {
  const closing = rowClosing(rowOf(given));
  return { closing: sumText(closing), toPay: sumText(dueOf(closing)) };
};

/** A row of a table names its service in words; whose money it is may stand beside it. */
const payable = (given: Inputs): PayableLine => {
  const service = given.textOr('service', '').toLowerCase();
  const isPenalty = service.startsWith('пен') || service === 'penalty';
  const isCapitalRepair = service.startsWith('капитальный ремонт') || service === 'capital_repair';
  return {
    supplierId: given.textOr('supplier', ''),
    recipientId: given.textOr('recipient', given.textOr('supplier', '')),
    group: isPenalty ? 'PENALTY' : isCapitalRepair ? 'CAPITAL_REPAIR' : 'UTILITY',
    closing: rowClosing(rowOf(given)),
  };
};

const table: VectorRule = (given) => {
  const lines = given.list('rows').map(payable);
  return {
    rows: lines.map(({ closing }) => ({ closing: sumText(closing), toPay: sumText(dueOf(closing)) })),
    closingTotal: sumText(sum(lines.map(({ closing }) => closing))),
    toPaySumOfRows: sumText(totalToPay(lines, 'SUM_OF_ROWS')),
    toPayNetted: sumText(totalToPay(lines, 'NETTED')),
    toPayPerRecipient: sumText(totalToPay(lines, 'PER_RECIPIENT')),
  };
};

const entryOf = (given: Inputs): JournalEntry => {
  const type = given.word('type', ENTRY_TYPES);
  return type === 'STORNO'
    ? { id: given.text('id'), type, reversalOf: given.text('reversalOf') }
    : { id: given.text('id'), type, service: given.text('service'), amount: given.money('amount') };
};

const journal: VectorRule = (given) => {
  const balances = balancesAfter(given.list('entries').map(entryOf));
  return {
    balances: Object.fromEntries([...balances].map(([service, balance]) => [service, moneyText(balance)])),
    total: sumText(sum(balances.values())),
  };
};

const proportional: VectorRule = (given) => {
  const rows = given.list('rows');
  const found = allocateProportional(
    given.money('payment'),
    rows.map((one) => one.money('balance')),
  );
  return {
    allocation: rows.map((one, place) => ({
      service: one.text('service'),
      amount: sumText(found.amounts[place] ?? ZERO),
    })),
    advance: sumText(found.advance),
  };
};

const fifo: VectorRule = (given) => {
  const lots = given
    .list('lots')
    .map((lot) => ({ id: lot.text('id'), month: lot.month('period'), amount: lot.money('amount') }))
    .sort((one, other) => (one.month < other.month ? -1 : one.month > other.month ? 1 : 0));
  const named = given.has('targetPeriod') ? given.month('targetPeriod') : undefined;
  const found = allocateOldestFirst(given.money('payment'), lots, named);
  return {
    allocation: lots.map(({ id }, place) => ({ id, amount: sumText(found.amounts[place] ?? ZERO) })),
    advance: sumText(found.advance),
  };
};

const LAST = Number.MAX_SAFE_INTEGER;

const priority: VectorRule = (given) => {
  const rank = (one: Inputs): number =>
    one.wholeOr('priority', one.text('service') === 'PENALTY' ? LAST : LAST - 1);
  const rows = given.list('rows').sort((one, other) => rank(one) - rank(other));
  const found = allocateInOrder(
    given.money('payment'),
    rows.map((one) => one.money('balance')),
  );
  return {
    allocation: rows.map((one, place) => ({
      service: one.text('service'),
      amount: sumText(found.amounts[place] ?? ZERO),
    })),
    advance: sumText(found.advance),
  };
};

const fee: VectorRule = (given) => {
  const amount = given.money('amount');
  const found = commission(amount, given.ratio('pct'), given.moneyOr('min', '0'));
  return given.word('payer', ['CUSTOMER', 'MERCHANT'], 'CUSTOMER') === 'CUSTOMER'
    ? { commission: sumText(found), total: sumText(addMoney(amount, found)) }
    : { commission: sumText(found), settlement: sumText(subtractMoney(amount, found)) };
};

export const ledgerRules: Readonly<Record<string, VectorRule>> = {
  'ledger.row': row,
  'ledger.table': table,
  'ledger.journal': journal,
  'payment.allocateProportional': proportional,
  'payment.allocateFifo': fifo,
  'payment.allocatePriority': priority,
  'payment.commission': fee,
};
