import { addressLine, houseLine } from '@kvartal/accounts';
import {
  type ChargingMethod,
  type CivilDate,
  type Money,
  type Month,
  type PayableLine,
  type Quantity,
  dueOf,
  maskName,
  moneyOf,
  monthOf,
  priceOf,
  quantityOf,
  subtractMoney,
  sum,
  totalToPay,
  type Resource,
} from '@kvartal/domain';
import { type IntakeWindow, UNITS } from '@kvartal/meters';
import { type Books, totalModeOf } from '../books';
import { grouped } from '../grouped';
import type { AccountService, ConsumptionSeries } from '../statements/services.types';
import type { Equation } from '../statements/statements.types';
import type { Home, HomeLine, HomeVerification } from './home.types';

type Fact = readonly [value: string, since: CivilDate | null];
type Line = readonly [
  serviceId: string,
  supplierId: string,
  recipientId: string,
  service: string,
  supplier: string,
  unit: string,
  group: PayableLine['group'],
  quantity: string,
  price: string,
  opening: string,
  charged: string,
  recalculated: string,
  underdelivered: string,
  benefit: string,
  adjusted: string,
  paid: string,
  closing: string,
];
type Service = readonly [
  id: string,
  name: string,
  unit: string,
  supplier: string,
  price: string | null,
  since: CivilDate | null,
  document: string,
  method: ChargingMethod,
];
type Meter = readonly [
  id: string,
  resource: Resource,
  place: string,
  serial: string | null,
  works: boolean,
  until: CivilDate | null,
  isDue: boolean | null,
  registers: number,
  submitted: number,
];

/** What the statement answers (home.sql.ts). */
export interface HomeJson {
  newestClosingId: string | null;
  openPeriodId: string | null;
  number: string;
  phone: string | null;
  organization: string;
  masked: boolean;
  holder: readonly [kind: string, surname: string, given: string, patronymic: string, company: string] | null;
  premises: {
    flat: string;
    kind: string;
    rooms: number | null;
    floor: number | null;
    entrance: number | null;
  };
  house: {
    id: string;
    city: string;
    street: string;
    number: string;
    flats: number | null;
    floors: number | null;
    entrances: number | null;
  };
  facts: Partial<Record<string, Fact>> | null;
  bill: readonly [id: string, payBy: CivilDate] | null;
  lines: readonly Line[] | null;
  moved: readonly [amount: string, paid: string];
  chart:
    | readonly {
        resource: Resource;
        closingId: string;
        quantity: string;
        charged: string;
        estimated: boolean;
      }[]
    | null;
  services: readonly Service[] | null;
  meters: readonly Meter[] | null;
  requests:
    readonly (readonly [id: string, number: number, text: string, state: string, category: string])[] | null;
}

/** What the statement does not know: the books it was asked by, the day, and the window of readings. */
export interface HomeFrame {
  books: Books;
  accountId: string;
  today: CivilDate;
  window: Pick<IntakeWindow, 'month' | 'from' | 'to' | 'isOpen'>;
}

const toMoney = (digits: string): Money => moneyOf(BigInt(digits));
const quantityOrNull = (fact: Fact | undefined): Quantity | null =>
  fact ? quantityOf(BigInt(fact[0])) : null;

/** The first page from the statement's answer. */
export function homeView(json: HomeJson, { books, accountId, today, window }: HomeFrame): Home {
  const lines = json.lines ?? [];
  const equation = equationOf(lines);
  const total = totalToPay(lines.map(payableOf), totalModeOf(books));
  const [moved, paidSince] = json.moved;
  const working = (json.meters ?? []).filter(([, , , , works]) => works);
  return {
    account: accountOf(json, books, accountId),
    month: books.closed[0]?.month ?? null,
    billId: json.bill?.[0] ?? null,
    payBy: json.bill?.[1] ?? null,
    total,
    equation,
    paidSince: toMoney(paidSince),
    balanceToday: moneyOf(equation.closing + toMoney(moved)),
    currentMonth: books.openMonth ?? monthOf(today),
    lines: lines.map(lineOf),
    services: (json.services ?? []).map(serviceOf),
    window: {
      ...window,
      registers: working.reduce((count, meter) => count + meter[7], 0),
      submitted: working.reduce((count, meter) => count + meter[8], 0),
    },
    ...placeOf(json, books.organizationId),
    chart: chartOf(json.chart ?? [], books),
    requests: (json.requests ?? []).map(([id, number, text, state, category]) => ({
      id,
      number,
      text,
      state,
      category,
    })),
    verifications: working.flatMap(verificationOf),
    overpayment: subtractMoney(total, equation.closing),
  };
}

function accountOf(json: HomeJson, books: Books, accountId: string): Home['account'] {
  const { city, street, number: house } = json.house;
  const { flat, kind } = json.premises;
  return {
    organizationId: books.organizationId,
    id: accountId,
    number: json.number,
    holder: holderOf(json),
    address: {
      city,
      street,
      house,
      flat,
      line: addressLine({ city, street, house, flat, premisesKind: kind }),
    },
    phone: json.phone,
    organization: json.organization,
    currency: books.currency,
  };
}

function holderOf({ holder, masked }: HomeJson): string {
  if (!holder) return '';
  const [kind, surname, given, patronymic, company] = holder;
  if (kind === 'LEGAL') return company;
  const name = [surname, given, patronymic].filter(Boolean).join(' ');
  return masked ? maskName(name) : name;
}

function placeOf(
  { facts, premises, house }: HomeJson,
  organizationId: string,
): Pick<Home, 'facts' | 'house'> {
  const { rooms, floor, entrance } = premises;
  const residents = facts?.['ACCOUNT.RESIDENTS'];
  return {
    facts: {
      totalArea: quantityOrNull(facts?.['PREMISES.TOTAL_AREA']),
      livingArea: quantityOrNull(facts?.['PREMISES.LIVING_AREA']),
      heatedArea: quantityOrNull(facts?.['PREMISES.HEATED_AREA']),
      residents: quantityOrNull(residents),
      residentsSince: residents?.[1] ?? null,
      rooms,
      floor,
      entrance,
    },
    house: {
      ...house,
      organizationId,
      line: houseLine({ ...house, house: house.number }),
      totalArea: quantityOrNull(facts?.['HOUSE.TOTAL_AREA']),
      heatedArea: quantityOrNull(facts?.['HOUSE.HEATED_AREA']),
      commonArea: quantityOrNull(facts?.['HOUSE.COMMON_AREA']),
    },
  };
}

const payableOf = (line: Line): PayableLine => ({
  supplierId: line[1],
  recipientId: line[2],
  group: line[6],
  closing: toMoney(line[16]),
});

function equationOf(lines: readonly Line[]): Equation {
  const total = (column: 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16) =>
    sum(lines.map((line) => toMoney(line[column])));
  return {
    opening: total(9),
    charged: total(10),
    recalculated: total(11),
    underdelivered: total(12),
    benefit: total(13),
    adjusted: total(14),
    paid: total(15),
    closing: total(16),
  };
}

function lineOf(line: Line): HomeLine {
  const [serviceId, , , service, supplier, unit, , quantity, price] = line;
  const closing = toMoney(line[16]);
  return {
    serviceId,
    service,
    supplier,
    unit,
    quantity: quantityOf(BigInt(quantity)),
    price: priceOf(BigInt(price)),
    opening: toMoney(line[9]),
    charged: toMoney(line[10]),
    paid: toMoney(line[15]),
    closing,
    due: dueOf(closing),
  };
}

const serviceOf = ([
  serviceId,
  name,
  unit,
  supplier,
  price,
  priceSince,
  document,
  method,
]: Service): AccountService => ({
  serviceId,
  name,
  unit,
  supplier,
  price: price === null ? null : priceOf(BigInt(price)),
  priceSince,
  document,
  method,
});

const verificationOf = ([meterId, resource, place, serial, , until, isDue]: Meter): HomeVerification[] =>
  until !== null && isDue ? [{ meterId, resource, place, serial, until }] : [];

function chartOf(volumes: NonNullable<HomeJson['chart']>, books: Books): ConsumptionSeries[] {
  const months: [string, Month][] = books.closed.map(({ closingId, month }) => [closingId, month]);
  const monthOfClosing = new Map(months);
  return [...grouped(volumes, ({ resource }) => resource).values()].map((own) => {
    const resource = own[0]?.resource ?? 'COLD_WATER';
    const points = own.flatMap(({ closingId, quantity, charged, estimated }) => {
      const month = monthOfClosing.get(closingId);
      return month
        ? [{ month, quantity: quantityOf(BigInt(quantity)), charged: toMoney(charged), estimated }]
        : [];
    });
    return {
      resource,
      unit: UNITS[resource],
      months: points.sort((one, other) => (one.month < other.month ? -1 : 1)),
    };
  });
}
