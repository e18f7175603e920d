import { Exact, NONE, r2, sumOf } from './exact';
import { type Account, type House, money, type Service } from './facts';
import { penaltyOf } from './penalties';
import { trueUpOf } from './late-readings';
import { byDays, byNormOf, byTerms, byTermsOf, byVolume, heatIn, type Priced } from './prices';
import { absencesOf, benefitsOf, gross, outagesOf, vatRate, yearOf } from './reductions';
import { evenly, type Flow, type Volume } from './flows';
import { chargedDays, isSettled, linesOf, rowsLike, taken } from './rows';
import { partOf, shared, type Shared } from './shares';
import { irrigationOf, takenBy, volumesFor, volumesOf } from './volumes';

/** A line as the second opinion sees it: money in hundredths, volumes in millionths. */
export interface ReferenceLine {
  readonly accountId: string;
  readonly serviceId: string;
  readonly supplierId: string;
  readonly method: string;
  readonly quantity: bigint;
  readonly commonQuantity: bigint;
  readonly charged: bigint;
  readonly vat: bigint;
  readonly excess: bigint;
  readonly recalculated: bigint;
  readonly underdelivered: bigint;
  readonly benefit: bigint;
  readonly closing: bigint;
  /** Whether every charged day had a price. */
  readonly isWhole: boolean;
}

/** A house's month: its lines, and what it leaves of common volumes for the next one. */
export interface ReferenceMonth {
  readonly lines: readonly ReferenceLine[];
  readonly carried: readonly { readonly serviceId: string; readonly quantity: bigint }[];
}

/** Evaluates a house's month from its facts: a line for each service and supplier of an account. */
export function evaluate(house: House): ReferenceMonth {
  const volumes = house.accounts.map(volumesOf);
  const commons = house.commons.map((terms) => shared(terms, volumes));
  const lines = house.accounts.flatMap((account, place) => {
    const own = { account, volumes: volumes[place] ?? [], commons };
    return linesOf(account).map(([first, ...more]) => {
      const rows = [first, ...more];
      return addedUp(
        rowOf(first, rows, own),
        more.map((row) => rowOf(row, rows, own)),
      );
    });
  });
  const carried = commons.map(({ terms, carried: left }) => ({
    serviceId: terms.serviceId,
    quantity: left.units(6),
  }));
  return { lines, carried };
}

interface Context {
  readonly account: Account;
  readonly volumes: readonly Volume[];
  readonly commons: readonly Shared[];
}

interface Charge extends Priced {
  readonly method: string;
  readonly common: Exact;
  readonly excess: Exact;
}

const nothing = ({ method }: Service): Charge => ({
  method,
  segments: [],
  amount: NONE,
  common: NONE,
  excess: NONE,
  isWhole: true,
});

/** A row of a line, with whether anything of it was priced. */
type Row = ReferenceLine & { readonly isPriced: boolean };

/** One line of its rows: what they cost together, charged as the last that had a price. */
function addedUp({ isPriced: _, ...first }: Row, more: readonly Row[]): ReferenceLine {
  return more.reduce<ReferenceLine>((line, row) => {
    const added = Object.fromEntries(SUMS.map((column) => [column, line[column] + row[column]]));
    const method = row.isPriced ? row.method : line.method;
    return { ...line, ...added, method, isWhole: line.isWhole && row.isWhole };
  }, first);
}

const SUMS = [
  'quantity',
  'commonQuantity',
  'charged',
  'vat',
  'excess',
  'recalculated',
  'underdelivered',
  'benefit',
  'closing',
] as const satisfies readonly (keyof ReferenceLine)[];

function rowOf(row: Service, rows: readonly Service[], context: Context): Row {
  const service = chargedDays(row, rows, context.account);
  const isCharged = service.from < service.to;
  const charge = isCharged ? chargeOf(service, row, context) : nothing(service);
  const { charged, vat, ...changes } = isCharged
    ? sumsOf(service, charge, { ...context, isSettled: isSettled(row, rows), since: row.from })
    : { charged: NONE, vat: NONE, recalculated: NONE, underdelivered: NONE, benefit: NONE };
  const recalculated = money(service.recalculated).plus(changes.recalculated);
  const underdelivered = money(service.underdelivered).plus(changes.underdelivered);
  const benefit = money(service.benefit).plus(changes.benefit);
  const before = money(service.opening).plus(money(service.adjusted)).minus(money(service.paid));
  return {
    accountId: context.account.accountId,
    serviceId: service.terms.serviceId,
    supplierId: service.terms.supplierId,
    method: charge.method,
    quantity: charge.amount.units(6),
    commonQuantity: charge.common.units(6),
    charged: charged.units(2),
    vat: vat.units(2),
    excess: charge.excess.units(2),
    recalculated: recalculated.units(2),
    underdelivered: underdelivered.units(2),
    benefit: benefit.units(2),
    closing: sumOf([before, charged, recalculated, underdelivered, benefit]).units(2),
    isWhole: charge.isWhole,
    isPriced: charge.segments.length > 0,
  };
}

type Sums = Record<'charged' | 'vat' | 'recalculated' | 'underdelivered' | 'benefit', Exact>;

/** The price, the tax, and what takes off. */
function sumsOf(
  service: Service,
  charge: Charge,
  { account, isSettled, since }: Context & { isSettled: boolean; since: number },
): Sums {
  if (service.method === 'PENALTY') {
    const charged = penaltyOf(service.debts ?? [], account.period.to);
    return { charged, vat: NONE, recalculated: NONE, underdelivered: NONE, benefit: NONE };
  }
  const net = sumOf(charge.segments.map(({ sum }) => sum)).plus(charge.excess);
  const rate = vatRate(service, account);
  const isInside = service.terms.vat?.mode === 'INCLUSIVE';
  const vat = !rate
    ? NONE
    : isInside
      ? r2(net.times(rate).divided(rate.plus(Exact.of(1))))
      : r2(net.times(rate));
  const charged = isInside ? net : net.plus(vat);
  const benefit = withinCharge(benefitsOf(service, account, charge), net);
  const away = absencesOf(service, account, charged);
  return {
    charged,
    vat,
    recalculated: (isSettled ? NONE : trueUpOf(service, account, since))
      .plus(gross(yearOf(service), service, account))
      .minus(away),
    underdelivered: outagesOf(service, charged, charge.amount).negated(),
    benefit: gross(benefit, service, account).negated(),
  };
}

const withinCharge = (benefit: Exact, net: Exact): Exact =>
  net.isPositive() ? (benefit.isAbove(net) ? net : benefit) : NONE;

function chargeOf(service: Service, row: Service, context: Context): Charge {
  const { account, volumes } = context;
  const { terms, method } = service;
  const plain = (priced: Priced): Charge => ({ ...nothing(service), ...priced });
  switch (method) {
    case 'AREA':
    case 'FIXED':
    case 'PERSON_FEE':
      return plain(byDays(service, account));
    case 'HEATING_NORM':
      return plain(byNormOf(service, account));
    case 'METER':
    case 'NORM_PERSON':
      return terms.resource === null ? plain(byNormOf(service, account)) : measured(service, row, context);
    case 'SUM_OF_WATER': {
      const rows = rowsLike(row, account);
      const isWater = ({ resource }: Volume): boolean =>
        resource === 'COLD_WATER' || resource === 'HOT_WATER';
      const water = takenBy(row, account, { own: volumes.filter(isWater), rows });
      const shares = sharesInRows(context).flatMap((flow) => taken(flow, row, [flow.part, ...rows]));
      const flows: Flow[] = [...water, ...shares, ...irrigationOf(row, account)];
      return plain(
        byVolume(
          flows.filter(({ from, to }) => from < to),
          terms.tariffs,
        ),
      );
    }
    case 'COMMON_AREA':
    case 'HEATING_HOUSE_METER': {
      const part = partFor(service, context);
      if (!part) return nothing(service);
      const flow = { from: service.from, to: service.to, amount: part, weight: () => Exact.of(1) };
      const priced = byTerms(flow, service, account);
      return { ...plain(priced), common: method === 'COMMON_AREA' ? priced.amount : NONE };
    }
    default:
      return nothing(service);
  }
}

function partFor(service: Service, { commons, account, volumes }: Context): Exact | undefined {
  const common = commons.find(({ terms }) => terms.serviceId === service.terms.serviceId);
  return common && partOf(common, account, service, volumes);
}

function measured(service: Service, row: Service, context: Context): Charge {
  const { account } = context;
  const { heatNorms, takesShare } = service.terms;
  const volumes = volumesFor(row, account, context.volumes);
  const last = volumes.at(-1);
  if (!last) return nothing(service);
  const taken = takesShare ? partFor(service, context) : undefined;
  const part = taken ?? NONE;
  // what is shared belongs to the days of the row, also where nothing of its own flowed on them
  const isOwn = taken === undefined || last.from < last.to;
  const own = isOwn ? last : { ...last, from: service.from, to: service.to, weight: evenly };
  const flows = [...volumes.slice(0, -1), { ...own, amount: own.amount.plus(part) }];
  const sumAt = (flow: Flow, amount: Exact): Exact =>
    sumOf(byTerms({ ...flow, amount }, service, account).segments.map(({ sum }) => sum));
  const excess = volumes.map((one) =>
    one.raised ? sumAt(one, one.raised).minus(sumAt(one, one.amount)) : NONE,
  );
  const common = heatNorms
    ? sumOf(heatIn({ ...own, amount: part }, heatNorms).map(({ amount }) => amount))
    : part;
  return { ...byTermsOf(flows, service, account), method: last.method, common, excess: sumOf(excess) };
}

/** What of the house's water stands in the account's own rows. */
function sharesInRows(context: Context): (Flow & { part: Service })[] {
  return context.account.services.flatMap((service): (Flow & { part: Service })[] => {
    const { terms, from, to } = service;
    const isWater = terms.resource === 'COLD_WATER' || terms.resource === 'HOT_WATER';
    const amount = terms.takesShare && isWater && from < to ? partFor(service, context) : undefined;
    return amount ? [{ from, to, amount, weight: () => Exact.of(1), part: service }] : [];
  });
}
