import fc from 'fast-check';
import { quantity, quantityOf, quantityText, ratio } from '../decimal';
import { money, moneyOf, moneyText } from '../money';
import { month } from '../month';
import { HOUSE_LAW } from '../testing';
import { consumption } from './consumption';
import { type ChargedMonth } from './explain/difference';
import { calculateHouse } from './house';
import { otherMonthOf, randomHouse } from './random-house';
import { type BookedLine, recalculate } from './recalculation';
import { type AccountService, type AccountSnapshot, periodDays } from './snapshot';
import { calculateStatement } from './statement';
import { accountOf, areas, houseOf, on, people, prices, registerOf, serviceOf } from './testing';

const COLD = { resource: 'COLD_WATER', zone: 'SINGLE' } as const;
const of = (account: AccountSnapshot): ChargedMonth => ({
  account,
  share: calculateHouse(houseOf([account])).share,
});
/** What a month's lines put on the books. */
function booked({ account, share }: ChargedMonth): BookedLine[] {
  return calculateStatement(account, consumption(account), share).lines.map((line) => ({
    serviceId: line.serviceId,
    supplierId: line.supplierId,
    quantity: line.quantity,
    amount: line.charged,
  }));
}
const shown = (found: ReturnType<typeof recalculate>) =>
  found.map(({ forMonth, quantity: volume, amount }) => [forMonth, quantityText(volume), moneyText(amount)]);

describe('a recalculation', () => {
  const inMonth = (text: string, from: string, to: string): AccountSnapshot => {
    const period = periodDays(month(text));
    const water = {
      ...serviceOf('METER', { ...COLD, tariffs: prices('43.27') }),
      from: period.from,
      to: period.to,
    };
    const register = registerOf({
      previous: { value: quantity(from), on: period.from - 1 },
      current: { value: quantity(to), on: period.to - 1 },
    });
    return accountOf([water], { period, registers: [register] });
  };

  it('of a corrected reading changes its month and the one after', () => {
    const was = [of(inMonth('2026-03', '400', '410')), of(inMonth('2026-04', '410', '415'))];
    const is = [of(inMonth('2026-03', '400', '406')), of(inMonth('2026-04', '406', '415'))];
    const months = is.map((now, place) => ({ ...now, booked: was[place] ? booked(was[place]) : [] }));
    expect(shown(recalculate(months))).toEqual([
      ['2026-03', '-4', '-173.08'],
      ['2026-04', '4', '173.08'],
    ]);
  });

  it('of people and areas known later is what the month should have cost', () => {
    const services = [
      serviceOf('PERSON_FEE', { serviceId: 'fee', tariffs: prices('100') }),
      serviceOf(
        'AREA',
        { serviceId: 'area' },
        { opening: money('5'), recalculated: money('-1'), paid: money('3') },
      ),
    ];
    const was = of(accountOf(services));
    const born = [
      { from: 0, to: on('2026-04-16'), value: quantity('2') },
      { from: on('2026-04-16'), to: 1_000_000, value: quantity('3') },
    ];
    const now = of(accountOf(services, { residents: born, areas: areas('51') }));
    expect(shown(recalculate([{ ...now, booked: booked(was) }]))).toEqual([
      ['2026-04', '0.5', '50.00'],
      ['2026-04', '1', '10.00'],
    ]);
  });

  it('of an absence is what it takes off', () => {
    const byNorm = serviceOf('NORM_PERSON', {
      norms: [{ from: 0, to: 1_000_000, value: ratio('4') }],
      tariffs: prices('10'),
    });
    const was = of(accountOf([byNorm], { residents: people(2) }));
    const away = { from: on('2026-04-06'), to: on('2026-04-21'), people: quantity('1'), moreThan: 5 };
    const now = of(accountOf([byNorm], { residents: people(2), absences: [away] }));
    // 4 × 10 × 15 / 30
    expect(shown(recalculate([{ ...now, booked: booked(was) }]))).toEqual([['2026-04', '0', '-20.00']]);
  });

  it('takes a service back that the month should not have had, and leaves penalties alone', () => {
    const fixed = serviceOf('FIXED', { serviceId: 'antenna' });
    const penalty: AccountService = { ...serviceOf('PENALTY', { serviceId: 'penalty' }), debts: [] };
    const was = of(accountOf([fixed]));
    expect(shown(recalculate([{ ...of(accountOf([penalty])), booked: booked(was) }]))).toEqual([
      ['2026-04', '-1', '-10.00'],
    ]);
  });

  it('of bad quality and of a benefit is what they take off', () => {
    const fixed = serviceOf('FIXED', { tariffs: prices('100') });
    const act = { kind: 'INTERRUPTION', hours: quantity('18'), allowedHours: quantity('8') } as const;
    const worse = { ...fixed, outages: [{ ...act, percentPerHour: ratio('0.15') }] };
    const right = { from: 0, to: 1_000_000, percent: ratio('50') };
    const was = booked(of(accountOf([fixed])));
    // 10 hours × 0.15 %
    expect(shown(recalculate([{ ...of(accountOf([worse])), booked: was }]))).toEqual([
      ['2026-04', '0', '-1.50'],
    ]);
    expect(
      shown(recalculate([{ ...of(accountOf([{ ...fixed, benefits: [right] }])), booked: was }])),
    ).toEqual([['2026-04', '0', '-50.00']]);
  });

  it('says what the price alone charges now, without the benefit and the tax on top', () => {
    const rates = [{ from: 0, to: 1_000_000, value: ratio('20') }];
    const right = { from: 0, to: 1_000_000, percent: ratio('50') };
    const netOf = (terms: object) => {
      const fixed = { ...serviceOf('FIXED', { tariffs: prices('100'), ...terms }), benefits: [right] };
      return recalculate([{ ...of(accountOf([fixed])), booked: [] }]).map(({ amount, net }) => [
        moneyText(amount),
        moneyText(net),
      ]);
    };
    expect(netOf({})).toEqual([['50.00', '100.00']]);
    expect(netOf({ vat: { mode: 'EXCLUSIVE', rates } })).toEqual([['60.00', '100.00']]);
    expect(netOf({ vat: { mode: 'INCLUSIVE', rates } })).toEqual([['50.00', '100.00']]);
    const gone = booked(of(accountOf([serviceOf('FIXED', { tariffs: prices('100') })])));
    expect(recalculate([{ ...of(accountOf([])), booked: gone }])).toMatchObject([{ net: money('0') }]);
  });

  it('moves a service to the supplier who had it', () => {
    const by = (supplierId: string) => of(accountOf([serviceOf('FIXED', { supplierId })]));
    const found = recalculate([{ ...by('right'), booked: booked(by('wrong')) }]);
    expect(found.map(({ supplierId, amount }) => [supplierId, moneyText(amount)])).toEqual([
      ['right', '10.00'],
      ['wrong', '-10.00'],
    ]);
  });

  it('leaves alone what was taken and paid in the month itself', () => {
    const moved = { opening: money('7'), adjusted: money('2'), recalculated: money('-4'), paid: money('9') };
    const fixed = { ...serviceOf('FIXED', {}, moved), underdelivered: money('-1'), benefit: money('-2') };
    const month = of(accountOf([fixed]));
    expect(recalculate([{ ...month, booked: booked(month) }])).toEqual([]);
  });

  it('stops where a day has no tariff', () =>
    expect(() =>
      recalculate([{ ...of(accountOf([serviceOf('FIXED', { tariffs: [] })])), booked: [] }]),
    ).toThrow('No tariff covers 2026-04: service'));
});

describe('laws of recalculation', () => {
  it('what was corrected needs no correction, and corrections add up to the corrected month', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 30 }),
        fc.integer({ min: 1, max: 2 ** 30 }),
        (one, other) => {
          const house = randomHouse(one);
          const { share } = calculateHouse(house);
          const later = otherMonthOf(house, other);
          for (const [place, account] of house.accounts.entries()) {
            const known = later.accounts[place];
            if (!known || calculateHouse(house).statements[place]?.missingTariffs.length !== 0) continue;
            const now: ChargedMonth = {
              account: { ...account, residents: known.residents, areas: known.areas },
              share,
            };
            const before = booked({ account, share });
            const found = recalculate([{ ...now, booked: before }]);
            const after = new Map(before.map((line) => [line.serviceId, line]));
            for (const { serviceId, supplierId, quantity: volume, amount } of found) {
              const line = after.get(serviceId);
              after.set(serviceId, {
                serviceId,
                supplierId,
                quantity: quantityOf((line?.quantity ?? 0n) + volume),
                amount: moneyOf((line?.amount ?? 0n) + amount),
              });
            }
            const penaltiesLeft = [...after.values()].filter(({ serviceId }) => serviceId !== 'PENALTY');
            expect(recalculate([{ ...now, booked: penaltiesLeft }])).toEqual([]);
          }
        },
      ),
      HOUSE_LAW,
    ));
});
