import { Exact, least, NONE, r2, r6, sumOf } from './exact';
import {
  type Account,
  type ColdWaterHours,
  daysOf,
  factOn,
  type Outage,
  price,
  quantity,
  ratio,
  type Right,
  runsOf,
  saysOn,
  type Service,
} from './facts';
import { type Priced, type Segment } from './prices';
import { findersOf, takersOf } from './rows';

/** Rates of tax on the last day of the month. */
export function vatRate({ terms }: Service, { period }: Account): Exact | undefined {
  if (!terms.vat) return undefined;
  const rate = factOn(terms.vat.rates, period.to - 1);
  if (!rate) throw new RangeError('No VAT rate is known');
  return ratio(rate.value).divided(100);
}

/** With the tax on top, where it comes on top. */
export function gross(net: Exact, service: Service, account: Account): Exact {
  const rate = vatRate(service, account);
  return rate && service.terms.vat?.mode === 'EXCLUSIVE' ? net.plus(r2(net.times(rate))) : net;
}

/** What benefits take off, positive. */
export function benefitsOf(service: Service, account: Account, priced: Priced): Exact {
  const charged = sumOf(priced.segments.map(({ sum }) => sum));
  if (!priced.amount.isPositive() || !charged.isPositive()) return NONE;
  let left = charged;
  for (const right of service.benefits ?? []) {
    const found = sumOf(
      priced.segments.map((segment) => benefitOf(right, segment, { service, account, priced })),
    );
    left = left.minus(least(found, left));
  }
  return charged.minus(left);
}

interface Benefiting {
  readonly service: Service;
  readonly account: Account;
  readonly priced: Priced;
}

/** A day of a right has a norm or none: each kind of days for itself, where they alternate each run of them. */
function benefitOf(right: Right, segment: Segment, at: Benefiting): Exact {
  const { normsPerPerson } = right;
  const own = { from: Math.max(right.from, segment.from), to: Math.min(right.to, segment.to) };
  const runs = runsOf(own, (day) => String(normsPerPerson && factOn(normsPerPerson, day) !== undefined));
  return sumOf(runs.map(({ days }) => benefitOn(days, right, segment, at)));
}

function benefitOn(days: readonly number[], right: Right, segment: Segment, at: Benefiting): Exact {
  const peopleOn = (day: number): Exact => quantity(factOn(at.account.residents, day)?.value ?? 0n);
  const people = sumOf(daysOf(segment).map(peopleOn));
  if (right.beneficiaries !== undefined && people.isZero()) return NONE;
  const share =
    right.beneficiaries === undefined
      ? Exact.of(days.length, segment.to - segment.from)
      : least(quantity(right.beneficiaries).times(days.length).divided(people), Exact.of(1));
  const base = r6(
    segment.amount.times(coveredOf(segment, monthlyOf(right, days, peopleOn), at)).times(share),
  );
  return r2(r2(base.times(segment.price)).times(ratio(right.percent)).divided(100));
}

/** The norm of a whole month that was as some days are: on each its norm for its people. None where nothing limits them. */
function monthlyOf(
  { normsPerPerson, normQuantity }: Right,
  days: readonly number[],
  peopleOn: (day: number) => Exact,
): Exact | undefined {
  if (!normsPerPerson) return normQuantity === undefined ? undefined : quantity(normQuantity);
  const norms = days.flatMap((day) => {
    const norm = factOn(normsPerPerson, day);
    return norm ? [ratio(norm.value).times(peopleOn(day))] : [];
  });
  return norms.length === 0 ? undefined : sumOf(norms).divided(days.length);
}

/** Which part of what flowed on some days lies within the norm of the month that those days have of it. */
function coveredOf(
  segment: Segment,
  monthly: Exact | undefined,
  { service, account, priced }: Benefiting,
): Exact {
  const ofSameDays = priced.segments.filter((one) => one.from === segment.from && one.to === segment.to);
  const flowing = priced.segments
    .filter(
      ({ from, to }, place, all) => all.findIndex((one) => one.from === from && one.to === to) === place,
    )
    .reduce((sum, { from, to }) => sum + to - from, 0);
  if (!monthly || flowing === 0) return Exact.of(1);
  const norm = monthly
    .times(service.to - service.from)
    .divided(account.period.days)
    .times(Exact.of(segment.to - segment.from, flowing));
  const used = sumOf(ofSameDays.map(({ amount }) => amount));
  return used.isAbove(norm) ? norm.divided(used) : Exact.of(1);
}

/** What people away take off a service by norm, with its tax; positive. */
export function absencesOf(service: Service, account: Account, charged: Exact): Exact {
  let left = charged;
  for (const away of account.absences ?? []) {
    const days = { from: Math.max(away.from, service.from), to: Math.min(away.to, service.to) };
    let net = NONE;
    if (away.to - away.from > away.moreThan)
      for (const row of rowsByNorm(service, account)) {
        const { norms } = row.terms;
        const own = { from: Math.max(days.from, row.from), to: Math.min(days.to, row.to) };
        for (const run of runsOf(
          own,
          (day) => `${saysOn(norms, day)} ${saysOn(service.terms.tariffs, day)}`,
        )) {
          const norm = ratio(factOn(norms, run.from)?.value ?? 0n);
          const at = price(factOn(service.terms.tariffs, run.from)?.value ?? 0n);
          net = net.plus(
            r2(
              norm.times(at).times(quantity(away.people)).times(run.days.length).divided(account.period.days),
            ),
          );
        }
      }
    const limited = left.isPositive() ? least(net, left) : NONE;
    const amount = gross(limited, service, account);
    left = left.minus(left.isPositive() ? least(amount, left) : amount);
  }
  return charged.minus(left);
}

/** The rows by whose norms a service is charged: its own, or those that the waters are found by that it drains. */
function rowsByNorm(service: Service, account: Account): Service[] {
  if (service.method === 'NORM_PERSON') return [service];
  if (service.method !== 'SUM_OF_WATER') return [];
  return ['COLD_WATER', 'HOT_WATER']
    .flatMap((resource) => findersOf(takersOf(account, { resource, zone: 'SINGLE' })))
    .filter(({ method }) => method === 'NORM_PERSON');
}

/** What interruptions and bad quality take off; positive. */
export function outagesOf({ outages = [] }: Service, charged: Exact, amount: Exact): Exact {
  if (!charged.isPositive()) return NONE;
  return least(sumOf(outages.map((outage) => outageOf(outage, charged, amount))), charged);
}

function outageOf(outage: Outage, charged: Exact, amount: Exact): Exact {
  switch (outage.kind) {
    case 'INTERRUPTION': {
      const excess = quantity(outage.hours).minus(quantity(outage.allowedHours));
      return excess.isPositive() ? perCentOf(charged, excess.times(ratio(outage.percentPerHour))) : NONE;
    }
    case 'HEATING_TEMPERATURE':
      return perCentOf(charged, quantity(outage.degreeHours).times(ratio(outage.percentPerDegreeHour)));
    case 'HOT_WATER_TEMPERATURE':
      return coldHours(outage, charged, amount);
  }
}

const perCentOf = (charged: Exact, perCent: Exact): Exact =>
  r2(charged.times(least(perCent.divided(100), Exact.of(1))));

/** A tenth of a per cent an hour for each three degrees too little; what is below 40 °C costs what cold water costs. */
function coldHours(outage: ColdWaterHours, charged: Exact, amount: Exact): Exact {
  const isCold = ({ temperature }: { temperature: bigint }): boolean => temperature < 40_000_000n;
  const tenths = outage.slots.map((slot) => {
    const missing = (slot.night ? outage.nightMinimum : outage.dayMinimum) - slot.temperature;
    if (isCold(slot) || missing <= 0n) return NONE;
    const whole = missing / 3_000_000n;
    const steps = outage.steps === 'CEIL' && whole * 3_000_000n < missing ? whole + 1n : whole;
    return quantity(slot.hours).times(Exact.of(steps));
  });
  const hours = sumOf(outage.slots.filter(isCold).map((slot) => quantity(slot.hours)));
  const share = hours.divided(quantity(outage.hoursOfMonth));
  const dearer = r2(charged.times(share)).minus(r2(r6(amount.times(share)).times(price(outage.coldPrice))));
  return perCentOf(charged, sumOf(tenths).divided(10)).plus(
    hours.isPositive() && dearer.isPositive() ? dearer : NONE,
  );
}

/** What the readings of a year change about its months: an account has the part of what was measured that it had of what was shared. */
export function yearOf({ year = [] }: Service): Exact {
  return sumOf(
    year.map(({ measured, distributed, quantity: shared, price: of }) => {
      if (distributed === 0n) return NONE;
      const part = quantity(measured).times(quantity(shared)).divided(quantity(distributed));
      return r2(r6(part).minus(quantity(shared)).times(price(of)));
    }),
  );
}
