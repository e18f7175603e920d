import { Exact, NONE, r2, sumOf } from './exact';
import { type Account, type House, money, type Service } from './facts';
import { penaltyOf } from './penalties';
import { byDays, byNormOf, byTerms, byVolume, heatIn, type Priced } from './prices';
import { absencesOf, benefitsOf, gross, outagesOf, trueUpOf, vatRate, yearOf } from './reductions';
import { partOf, shared, type Shared } from './shares';
import { type Flow, irrigationOf, type Volume, volumesOf } from './volumes';

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

/**
 * Evaluates a house's month from its facts: one service of a supplier is one line here, so that an account whose
 * service has several parts in a month is none for it.
 */
export function evaluate(house: House): ReferenceLine[] {
  const volumes = house.accounts.map(volumesOf);
  const commons = house.commons.map((terms) => shared(terms, volumes));
  return house.accounts.flatMap((account, place) => {
    const own = { account, volumes: volumes[place] ?? [], commons };
    return account.services.map((service) => lineOf(wholeMonth(service, account), own));
  });
}

interface Context {
  readonly account: Account;
  readonly volumes: readonly Volume[];
  readonly commons: readonly Shared[];
}

const wholeMonth = (service: Service, { period }: Account): Service =>
  service.terms.wholeMonths && service.from < service.to
    ? { ...service, from: period.from, to: period.to }
    : service;

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

function lineOf(service: Service, context: Context): ReferenceLine {
  const isCharged = service.from < service.to;
  const charge = isCharged ? chargeOf(service, context) : nothing(service);
  const { charged, vat, ...changes } = isCharged
    ? sumsOf(service, charge, context)
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
  };
}

type Sums = Record<'charged' | 'vat' | 'recalculated' | 'underdelivered' | 'benefit', Exact>;

/** The price, the tax, and what takes off. */
function sumsOf(service: Service, charge: Charge, { account }: Context): Sums {
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
    recalculated: trueUpOf(service, account)
      .plus(gross(yearOf(service), service, account))
      .minus(away),
    underdelivered: outagesOf(service, charged).negated(),
    benefit: gross(benefit, service, account).negated(),
  };
}

const withinCharge = (benefit: Exact, net: Exact): Exact =>
  net.isPositive() ? (benefit.isAbove(net) ? net : benefit) : NONE;

function chargeOf(service: Service, context: Context): Charge {
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
      return terms.resource === null ? plain(byNormOf(service, account)) : measured(service, context);
    case 'SUM_OF_WATER': {
      const water = volumes.filter(({ resource }) => resource === 'COLD_WATER' || resource === 'HOT_WATER');
      const flows: Flow[] = [...water, ...sharesInRows(context), ...irrigationOf(account)];
      return plain(byVolume(flows, terms.tariffs));
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

function measured(service: Service, context: Context): Charge {
  const { terms } = service;
  const volume = context.volumes.find(
    ({ resource, zone }) => resource === terms.resource && zone === terms.zone,
  );
  if (!volume) return nothing(service);
  const part = (terms.takesShare ? partFor(service, context) : undefined) ?? NONE;
  const flow = { ...volume, amount: volume.amount.plus(part) };
  const priced = byTerms(flow, service, context.account);
  const sumAt = (amount: Exact): Exact =>
    sumOf(byTerms({ ...volume, amount }, service, context.account).segments.map(({ sum }) => sum));
  const excess = volume.raised ? sumAt(volume.raised).minus(sumAt(volume.amount)) : NONE;
  const common = terms.heatNorms
    ? sumOf(heatIn({ ...volume, amount: part }, terms.heatNorms).map(({ amount }) => amount))
    : part;
  return { ...priced, method: volume.method, common, excess };
}

/** What of the house's water stands in the account's own rows. */
function sharesInRows(context: Context): Flow[] {
  return context.account.services.flatMap((service): Flow[] => {
    const { terms, from, to } = service;
    const isWater = terms.resource === 'COLD_WATER' || terms.resource === 'HOT_WATER';
    const amount = terms.takesShare && isWater && from < to ? partFor(service, context) : undefined;
    return amount ? [{ from, to, amount, weight: () => Exact.of(1) }] : [];
  });
}
