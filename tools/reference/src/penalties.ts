import { Exact, least, NONE, r2, sumOf } from './exact';
import { type Debt, holds, money, type PenaltyTerms, ratio } from './facts';

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** What the debts of a line cost up to the end of the month, day by day, less what was charged before. */
export function penaltyOf(debts: readonly Debt[], until: number): Exact {
  return sumOf(
    debts.flatMap((debt) => {
      const paid = given(debt);
      return debt.lots.map((lot, place) => {
        let exact = NONE;
        for (let day = lot.due + 1; day < until; day += 1) {
          if (lot.suspended?.some((span) => holds(span, day))) continue;
          const before = (paid[place] ?? []).filter(({ on }) => on < day).map(({ amount }) => amount);
          const balance = money(lot.principal).minus(sumOf(before));
          if (balance.isPositive()) exact = exact.plus(balance.times(costOn(debt.terms, day, day - lot.due)));
        }
        const whole = debt.terms.scheme.upToPrincipal ? least(r2(exact), money(lot.principal)) : r2(exact);
        return whole.minus(money(lot.accrued));
      });
    }),
  );
}

interface Paid {
  readonly on: number;
  readonly amount: Exact;
}

/** What was paid of each lot; then money by its days to the lot that it names, then to the oldest. */
function given({ lots, payments }: Debt): Paid[][] {
  const paid: Paid[][] = lots.map((lot) =>
    (lot.payments ?? []).map(({ on, amount }) => ({ on, amount: money(amount) })),
  );
  const inOrder = payments.map((payment, place) => ({ ...payment, place }));
  inOrder.sort((one, other) => one.on - other.on || one.place - other.place);
  for (const payment of inOrder) {
    let rest = money(payment.amount);
    const named = lots.findIndex(({ id }) => id === payment.lot);
    for (const place of [...(named < 0 ? [] : [named]), ...lots.keys()]) {
      const lot = lots[place];
      const own = paid[place];
      if (!lot || !own) continue;
      const left = money(lot.principal).minus(sumOf(own.map(({ amount }) => amount)));
      const part = least(rest, left);
      if (!part.isPositive()) continue;
      own.push({ on: payment.on, amount: part });
      rest = rest.minus(part);
    }
  }
  return paid;
}

/** What one unit of money costs on a day of delay. */
function costOn(
  { scheme, keyRates, rateRules, moratoria, rateDate }: PenaltyTerms,
  day: number,
  delay: number,
): Exact {
  const band = scheme.bands.find(
    ({ fromDay, toDay }) => fromDay <= delay && (toDay === null || delay <= toDay),
  );
  const date = dateOf(day);
  const covers = ({ from, to }: { from: string; to: string | null }, on: string): boolean =>
    from <= on && (to === null || on <= to);
  if (!band || moratoria.some((free) => covers(free, date))) return NONE;
  const on = rateDate ?? date;
  const key = keyRates.filter(({ from }) => from <= on).at(-1);
  if (!key) throw new RangeError(`No key rate is known for ${on}`);
  const rule = rateRules.find((one) => covers(one, on));
  const rate = !rule
    ? ratio(key.rate)
    : rule.mode === 'FIXED'
      ? ratio(rule.rate)
      : least(ratio(rule.rate), ratio(key.rate));
  return rate.divided(100).times(Exact.of(band.numerator, band.denominator));
}
