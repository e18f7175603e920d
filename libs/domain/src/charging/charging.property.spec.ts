import fc from 'fast-check';
import { type Price, priceOf, type Quantity, quantityOf, ratio } from '../decimal';
import { moneyOf } from '../money';
import { LAW } from '../testing';
import { type HouseShare } from './common-area';
import { consumption } from './consumption';
import { calculateHouse } from './house';
import {
  type AccountRegister,
  type AccountService,
  type AccountSnapshot,
  type Dated,
  type HouseSnapshot,
} from './snapshot';
import { calculateStatement } from './statement';
import { closingOf } from './statement-line';
import { accountOf, APRIL, norms, people, registerOf, serviceOf } from './testing';
import { TraceRecorder } from './trace';

const day = fc.integer({ min: APRIL.from, max: APRIL.to });
const amount = fc.bigInt({ min: -(10n ** 7n), max: 10n ** 7n }).map(moneyOf);
const volume = fc.bigInt({ min: 0n, max: 500_000_000n }).map(quantityOf);
const tariff = fc.bigInt({ min: 0n, max: 300_000_000n }).map(priceOf);

/** A value that changes on one day of the month, or not at all. */
const dated = <T extends bigint>(value: fc.Arbitrary<T>): fc.Arbitrary<Dated<T>[]> =>
  fc.tuple(value, value, day).map(([before, after, on]) => [
    { from: APRIL.from - 1000, to: on, value: before, id: 'before' },
    { from: on, to: APRIL.to + 1000, value: after, id: 'after' },
  ]);

const register: fc.Arbitrary<AccountRegister> = fc
  .tuple(volume, volume, fc.boolean(), fc.integer({ min: 0, max: 5 }), fc.array(volume, { maxLength: 8 }))
  .map(([before, used, isRead, missed, history]) =>
    registerOf({
      previous: { value: before, on: APRIL.from - 10 },
      current: isRead ? { value: quantityOf(before + used), on: APRIL.to - 10 } : null,
      missed,
      history,
    }),
  );

const METHODS = [
  'AREA',
  'FIXED',
  'PERSON_FEE',
  'METER',
  'SUM_OF_WATER',
  'COMMON_AREA',
  'HEATING_NORM',
] as const;

const service = (method: AccountService['method']): fc.Arbitrary<AccountService> =>
  fc
    .tuple(dated<Price>(tariff), day, amount, amount, amount)
    .map(([tariffs, from, opening, paid, recalculated]) => ({
      ...serviceOf(
        method,
        {
          serviceId: method,
          tariffs,
          norms: norms('4.56'),
          ...(method === 'METER' ? { resource: 'COLD_WATER', zone: 'SINGLE' } : {}),
        },
        { opening, paid, recalculated },
      ),
      from: method === 'METER' ? APRIL.from : Math.min(from, APRIL.to - 1),
    }));

const account: fc.Arbitrary<AccountSnapshot> = fc
  .record({
    areas: dated<Quantity>(volume),
    residents: dated<Quantity>(
      fc.integer({ min: 0, max: 7 }).map((count) => people(count)[0]?.value ?? quantityOf(0n)),
    ),
    registers: fc.array(register, { maxLength: 2 }),
    services: fc.tuple(...METHODS.map(service)),
  })
  .map(({ services, ...rest }) => accountOf(services, rest));

const house: fc.Arbitrary<HouseSnapshot> = fc
  .record({
    accounts: fc.array(account, { minLength: 1, maxLength: 4 }),
    houseMeter: volume,
    capByNorm: fc.boolean(),
    negativePolicy: fc.constantFrom('CARRY', 'ZERO', 'DISTRIBUTE'),
  })
  .map(({ accounts, ...common }) => ({
    houseId: 'house',
    period: APRIL,
    accounts: accounts.map((one, place) => ({ ...one, accountId: String(place) })),
    commons: [
      {
        serviceId: 'COMMON_AREA',
        resource: 'COLD_WATER',
        zone: 'SINGLE',
        carryIn: quantityOf(-1_000_000n),
        norm: ratio('0.03'),
        commonArea: quantityOf(300_000_000n),
        totalArea: quantityOf(2_000_000_000n),
        ...common,
      },
    ],
  }));

/** The same facts, each cut in two on a day. */
const cut = <T extends bigint>(facts: readonly Dated<T>[], on: number): Dated<T>[] =>
  facts.flatMap((fact) =>
    fact.from < on && on < fact.to
      ? [
          { ...fact, to: on },
          { ...fact, from: on },
        ]
      : [fact],
  );

describe('laws of a month', () => {
  it('every line balances, and so does the whole', () =>
    fc.assert(
      fc.property(house, (snapshot) => {
        const lines = calculateHouse(snapshot).statements.flatMap((statement) => statement.lines);
        const unbalanced = lines.filter(
          (line) => line.closing !== closingOf(line) || line.due !== (line.closing > 0n ? line.closing : 0n),
        );
        expect(unbalanced).toEqual([]);
        const drift = lines.reduce(
          (total, line) => total + line.closing - line.opening - line.charged - line.recalculated + line.paid,
          0n,
        );
        expect(drift).toBe(0n);
      }),
      LAW,
    ));

  it('the same facts give the same month, whatever the order of the accounts', () =>
    fc.assert(
      fc.property(house, (snapshot) => {
        const once = calculateHouse(snapshot);
        expect(calculateHouse(snapshot)).toEqual(once);
        const reversed = calculateHouse({ ...snapshot, accounts: [...snapshot.accounts].reverse() });
        expect([...reversed.statements].reverse()).toEqual(once.statements);
        expect(reversed.share).toEqual(once.share);
      }),
      LAW,
    ));

  it('one account computed again with the house’s share is what the house gave it', () =>
    fc.assert(
      fc.property(house, (snapshot) => {
        const { share, statements } = calculateHouse(snapshot);
        const [first] = snapshot.accounts;
        expect(first && calculateStatement(first, consumption(first), share)).toEqual(statements[0]);
      }),
      LAW,
    ));

  it('how facts were cut changes no money', () =>
    fc.assert(
      fc.property(account, day, (one, on) => {
        const share: HouseShare = { period: APRIL, commons: [] };
        const again: AccountSnapshot = {
          ...one,
          areas: cut(one.areas, on),
          residents: cut(one.residents, on),
          services: one.services.map((given) => ({
            ...given,
            terms: {
              ...given.terms,
              tariffs: cut(given.terms.tariffs, on),
              norms: cut(given.terms.norms, on),
            },
          })),
        };
        const amounts = (snapshot: AccountSnapshot) =>
          calculateStatement(snapshot, consumption(snapshot), share).lines.map((line) => line.charged);
        expect(amounts(again)).toEqual(amounts(one));
      }),
      LAW,
    ));

  it('explaining changes nothing, and the parts of a line are the line', () =>
    fc.assert(
      fc.property(house, (snapshot) => {
        const { share, statements } = calculateHouse(snapshot);
        const [first] = snapshot.accounts;
        if (!first) return;
        const recorder = new TraceRecorder();
        expect(calculateStatement(first, consumption(first, recorder), share, recorder)).toEqual(
          statements[0],
        );
        for (const { segments, line } of recorder.lines)
          expect(segments.reduce((total, part) => total + part.amount, 0n)).toBe(line?.charged);
      }),
      LAW,
    ));

  it('a month charged in two parts differs from the whole by a unit a line at most', () =>
    fc.assert(
      fc.property(account, day, (one, on) => {
        const area = one.services.find(({ method }) => method === 'AREA');
        fc.pre(area !== undefined && area.from < on && on < area.to);
        const charged = (services: AccountService[]) =>
          calculateStatement({ ...one, services }, [], { period: APRIL, commons: [] }).lines[0]?.charged ??
          0n;
        const strays =
          charged([
            { ...area, to: on },
            { ...area, from: on },
          ]) - charged([area]);
        expect(strays >= -1n && strays <= 1n).toBe(true);
      }),
      LAW,
    ));

  it('a house never charges more in common than it shares, but for the rounding of each part', () =>
    fc.assert(
      fc.property(house, (snapshot) => {
        const { share, statements } = calculateHouse(snapshot);
        const [common] = share.commons;
        if (!common || common.distributed <= 0n) return;
        const whole = statements.flatMap(({ lines }) => lines.map((line) => line.commonQuantity));
        const total = whole.reduce((all, part) => all + part, 0n);
        const areas = snapshot.accounts.length;
        expect(total <= common.distributed + BigInt(areas)).toBe(true);
        for (const part of whole) expect(part >= 0n).toBe(true);
      }),
      LAW,
    ));
});
