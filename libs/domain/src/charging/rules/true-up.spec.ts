import { price, quantity, quantityOf, quantityText, ratio } from '../../decimal';
import { money, moneyText } from '../../money';
import { calculateHouse } from '../house';
import { month } from '../../month';
import { explainStatement } from '../explain/explain';
import { type AccountService, type AccountSnapshot, periodDays, type ServiceTerms } from '../snapshot';
import {
  accountOf,
  always,
  COLD,
  estimatedLine,
  houseOf,
  HOT,
  MARCH,
  monthOf,
  on,
  people,
  prices,
  readAfterEstimates,
  registerOf,
  serviceOf,
  silentMonth,
} from '../testing';
import { type TariffPlan } from './plans';
import { type EstimatedLine } from './true-up';

/** By one register of cold water: services of the whole of March. */
const taken = (serviceId: string, changes: Partial<ServiceTerms> = {}, days: object = {}): AccountService =>
  serviceOf(
    'METER',
    { serviceId, ...COLD, tariffs: prices('43.27'), redistributes: true, ...changes },
    {
      ...MARCH,
      ...days,
    },
  );
const inMarch = (services: AccountService[], changes: Partial<AccountSnapshot>): AccountSnapshot =>
  accountOf(services, { period: MARCH, ...changes });
const told = (account: AccountSnapshot): string[][] =>
  monthOf(account).lines.map(({ quantity: used, charged, recalculated }) => [
    quantityText(used),
    moneyText(charged),
    moneyText(recalculated),
  ]);
const corrections = (account: AccountSnapshot): (string | undefined)[] =>
  told(account).map(([, , recalculated]) => recalculated);

const FEBRUARY = periodDays(month('2026-02'));

/** February was charged by these lines for 5.6 m³ by estimate; until the end of March the register counted 11.8. */
const silentIn = (lines: EstimatedLine[], changes: object = {}) => ({
  ...readAfterEstimates(),
  previous: { value: quantity('402'), on: on('2026-01-31') },
  current: { value: quantity('413.8'), on: on('2026-03-31') },
  estimatedSince: quantity('5.6'),
  estimated: [silentMonth(FEBRUARY, { quantity: quantity('5.6'), lines, ...changes })],
});
/** 5.6 in all of February, or 2.8 in each half of it: 5.6 of 11.8 in 59 days, so that nothing differs at one price. */
const line = (changes: Partial<ServiceTerms>, charged: string, rest: Partial<EstimatedLine> = {}) =>
  estimatedLine(changes, FEBRUARY, { quantity: quantity('5.6'), charged: money(charged), ...rest });

describe('a reading after months that several services were charged for by one register', () => {
  const both = [taken('cold'), taken('supply', { tariffs: prices('10') })];

  it('settles of each what it was itself charged for', () => {
    const lines = (from: number, to: number) => [
      estimatedLine({ serviceId: 'cold', tariffs: prices('43.27') }, { from, to }),
      estimatedLine({ serviceId: 'supply', tariffs: prices('10') }, { from, to }, { charged: money('51') }),
    ];
    const register = readAfterEstimates();
    const estimated = register.estimated?.map((one) => ({ ...one, lines: lines(one.from, one.to) })) ?? [];
    expect(told(inMarch(both, { registers: [{ ...register, estimated }] }))).toEqual([
      ['6.544445', '283.18', '97.59'],
      // 65.44 and 59.11 in place of 51.00 each
      ['6.544445', '65.44', '22.55'],
    ]);
  });

  it('takes what was estimated once where it falls into the month of the reading', () => {
    const services = both.map((one) => ({ ...one, terms: { ...one.terms, redistributes: false } }));
    expect(told(inMarch(services, { registers: [readAfterEstimates('cold', 'supply')] }))).toEqual([
      ['8.8', '380.78', '0.00'],
      ['8.8', '88.00', '0.00'],
    ]);
  });

  it('settles nothing with a service that was charged for none of them', () =>
    expect(corrections(inMarch(both, { registers: [readAfterEstimates('cold')] }))).toEqual([
      '97.59',
      '0.00',
    ]));

  it('settles what a service was charged that is gone, with the one that came first after it', () => {
    const gone = { registers: [readAfterEstimates('gone')] };
    expect(corrections(inMarch(both, gone))).toEqual(['97.59', '0.00']);
    const later = [taken('cold', {}, { from: on('2026-03-10') }), taken('supply')];
    expect(corrections(inMarch(later, gone))).toEqual(['0.00', '97.59']);
    const ended = [taken('gone', {}, { to: MARCH.from }), ...both];
    expect(corrections(inMarch(ended, gone))).toEqual(['0.00', '97.59', '0.00']);
  });

  it('leaves what a service was charged that takes the water by its norm now, and the heat in water', () => {
    const norm = { ...taken('gone'), method: 'NORM_PERSON' } as const;
    const gone = { registers: [readAfterEstimates('gone')] };
    expect(corrections(inMarch([...both, norm], gone))).toEqual(['0.00', '0.00', '0.00']);
    const earlier = { ...taken('norm'), method: 'NORM_PERSON' } as const;
    const later = taken('cold', {}, { from: on('2026-03-10') });
    expect(corrections(inMarch([earlier, later], gone))).toEqual(['0.00', '97.59']);
    const hot = { ...readAfterEstimates('gone'), ...HOT };
    const heat = taken('heat', { ...HOT, heatNorms: always(ratio('0')) });
    const water = taken('water', HOT, { from: on('2026-03-10') });
    expect(corrections(inMarch([heat, water], { registers: [hot] }))).toEqual(['0.00', '97.59']);
  });

  it('gives each the days that it was charged for where one took over from the other', () => {
    const middle = on('2026-02-15');
    const lines = [
      line({ serviceId: 'cold', tariffs: prices('43.27') }, '121.16', {
        quantity: quantity('2.8'),
        to: middle,
      }),
      line({ serviceId: 'supply' }, '20', { quantity: quantity('2.8'), from: middle }),
    ];
    // 2.8 × 10 in place of 20
    expect(corrections(inMarch(both, { registers: [silentIn(lines)] }))).toEqual(['0.00', '8.00']);
    const [first, second] = lines;
    // the second was charged for all days: 5.6 × 10
    const whole =
      first && second ? [first, { ...second, from: FEBRUARY.from, quantity: quantity('5.6') }] : [];
    expect(corrections(inMarch(both, { registers: [silentIn(whole)] }))).toEqual(['0.00', '36.00']);
  });

  it('takes of what was charged the part of the registers that were silent', () => {
    const register = (lines: EstimatedLine[]) =>
      inMarch([taken('cold', { tariffs: prices('10') })], {
        registers: [silentIn(lines)],
      });
    // 5.6 of 8 counted and 2 shared with it, at 9.00
    const mixed = line({ serviceId: 'cold' }, '90', { quantity: quantity('8'), common: quantity('2') });
    expect(corrections(register([mixed]))).toEqual(['5.60']);
    const nothing = line({ serviceId: 'cold' }, '90', { quantity: quantity('0') });
    expect(corrections(register([nothing]))).toEqual(['56.00']);
  });

  it('adds up what was silent together before anything is rounded', () => {
    const own = [line({ serviceId: 'cold', tariffs: prices('0.05') }, '0', { quantity: quantity('11.2') })];
    const registers = [silentIn(own), silentIn(own)];
    // 11.2 at 0.05, and not twice 0.28
    expect(corrections(inMarch([taken('cold')], { registers }))).toEqual(['0.56']);
    const kopek = [
      line({ serviceId: 'cold', tariffs: prices('0.003') }, '0', { quantity: quantity('11.2') }),
    ];
    expect(corrections(inMarch([taken('cold')], { registers: [silentIn(kopek), silentIn(kopek)] }))).toEqual([
      '0.03',
    ]);
  });

  it('settles a register in its own month that took the place of another', () => {
    const register = silentIn([line({ serviceId: 'cold' }, '20')]);
    const replaced = {
      registerId: 'old',
      shape: register.shape,
      previous: register.previous,
      final: register.previous,
      average: quantity('0'),
    };
    expect(told(inMarch([taken('cold')], { registers: [{ ...register, replaced }] }))).toEqual([
      ['6.2', '268.27', '0.00'],
    ]);
  });

  it('spreads the reading all the same where another, that settled nothing, was taken between', () => {
    const register = silentIn([line({ serviceId: 'cold' }, '20')]);
    const between = [{ value: quantity('410'), on: on('2026-03-20') }];
    const registers = (own: object) => [{ ...register, ...own }];
    expect(told(inMarch([taken('cold')], { registers: registers({ between }) }))).toEqual(
      told(inMarch([taken('cold')], { registers: registers({}) })),
    );
  });

  it('spreads the reading over a month that was estimated to have used nothing', () => {
    const nothing = line({ serviceId: 'cold', tariffs: prices('43.27') }, '0', { quantity: quantity('0') });
    const register = { ...silentIn([nothing], { quantity: quantity('0') }), estimatedSince: quantity('0') };
    const changing = [
      { from: 0, to: MARCH.from, value: price('10') },
      { from: MARCH.from, to: 1_000_000, value: price('20') },
    ];
    // 5.6 of February's 28 days at its price, 6.2 of March's 31 all at its own
    expect(told(inMarch([taken('cold', { tariffs: changing })], { registers: [register] }))).toEqual([
      ['6.2', '124.00', '242.31'],
    ]);
  });
});

describe('a reading after estimated months of a price that depends on the volume', () => {
  const BLOCKS = [
    { upTo: quantity('3'), price: price('10') },
    { upTo: null, price: price('20') },
  ];
  const blocks: TariffPlan = { kind: 'BLOCKS', application: 'MARGINAL', perPerson: false, blocks: BLOCKS };
  const plansOf = (plan: TariffPlan) => ({ plans: [{ from: 0, to: 1_000_000, plan, id: 'T' }] });
  const correction = (
    plan: TariffPlan,
    own: Partial<EstimatedLine> & { charged: EstimatedLine['charged'] },
    changes: object = { residents: people(2) },
  ): string | undefined => {
    const terms = { serviceId: 'cold', ...plansOf(plan) };
    const register = silentIn([estimatedLine(terms, FEBRUARY, own)], changes);
    // in March nine people live there, who are none of February's business
    return corrections(
      inMarch([taken('cold', plansOf(plan))], { registers: [register], residents: people(9) }),
    )[0];
  };
  const SIX = { quantity: quantity('5.6'), charged: money('0') };

  it('charges the month anew by its blocks', () => {
    // 3 at 10 and 2.6 at 20
    expect(correction(blocks, SIX)).toBe('82.00');
    expect(correction(blocks, { ...SIX, charged: money('82') })).toBe('0.00');
    expect(correction({ ...blocks, application: 'WHOLE' }, SIX)).toBe('112.00');
    expect(correction({ kind: 'FLAT', price: price('7') }, SIX)).toBe('39.20');
  });

  it('has limits by the people and the days of that month', () => {
    const perPerson = { ...blocks, perPerson: true };
    expect(correction(perPerson, SIX)).toBe('56.00');
    expect(correction(perPerson, SIX, { residents: people(1) })).toBe('82.00');
    expect(correction(perPerson, SIX, { residents: [] })).toBe('112.00');
    // one for 14 of the 28 days, two for the others: 4.5 at 10
    const grown = [
      { from: 0, to: on('2026-02-15'), value: quantity('1') },
      { from: on('2026-02-15'), to: 1_000_000, value: quantity('2') },
    ];
    expect(correction(perPerson, SIX, { residents: grown })).toBe('67.00');
    const social = {
      kind: 'SOCIAL_NORM',
      normPerPerson: ratio('2.5'),
      price: price('1'),
      priceOver: price('5'),
    } as const;
    expect(correction(social, SIX)).toBe('8.00');
    const daily = {
      kind: 'DAILY_LIMIT',
      limitPerPersonAndDay: ratio('0.05'),
      price: price('100'),
      overCoefficient: ratio('1.3'),
    } as const;
    // 2 × 28 × 0.05 = 2.8 at 100 and 2.8 at 130
    expect(correction(daily, SIX)).toBe('644.00');
    expect(() => correction(perPerson, SIX, {})).toThrow('Nobody knows who lived there');
  });

  it('has the limits of the days that the service was charged for', () => {
    const half = { ...SIX, from: on('2026-02-15') };
    // 1.5 at 10 and 4.1 at 20
    expect(correction(blocks, half)).toBe('97.00');
    const terms = { serviceId: 'cold', ...plansOf(blocks), wholeMonths: true };
    const register = silentIn([estimatedLine(terms, FEBRUARY, half)], { residents: people(2) });
    expect(corrections(inMarch([taken('cold', terms)], { registers: [register] }))).toEqual(['82.00']);
  });

  it('charges what other registers counted, and what was shared, in the same blocks', () => {
    // 5.6 of 8 were estimated, 6.6 are known now: 9 with what was shared, 3 at 10 and 6 at 20
    const mixed = { quantity: quantity('7'), common: quantity('1'), charged: money('100') };
    const register = { ...SIX, ...mixed };
    expect(correction(blocks, register, { residents: people(2), quantity: quantity('4.6') })).toBe('50.00');
  });

  it('adds up the registers that were silent before it asks the blocks', () => {
    const terms = { serviceId: 'cold', ...plansOf(blocks) };
    const own = [estimatedLine(terms, FEBRUARY, { quantity: quantity('4'), charged: money('50') })];
    const register = silentIn(own, { residents: people(2), quantity: quantity('2'), silent: 2 });
    const registers = [register, { ...register, registerId: 'other' }];
    // 11.2 in place of 4: 3 at 10 and 8.2 at 20
    expect(corrections(inMarch([taken('cold', plansOf(blocks))], { registers }))).toEqual(['144.00']);
  });

  it('starts from what the month costs since another register settled it', () => {
    // 2.4 of 8 were the other's, which had counted 4.4: 10, 3 at 10 and 7 at 20, are 170.00 since
    const mixed = { quantity: quantity('8'), charged: money('100') };
    const settled = { estimated: quantity('2.4'), counted: quantity('4.4') };
    const told = { residents: people(2), silent: 2, settled };
    expect(correction(blocks, mixed, told)).toBe('0.00');
    expect(correction(blocks, mixed, { ...told, quantity: quantity('4.6') })).toBe('20.00');
  });

  it('stops where no plan was in force', () => {
    const terms = { serviceId: 'cold', plans: [{ from: 0, to: FEBRUARY.from, plan: blocks }] };
    const register = silentIn([estimatedLine(terms, FEBRUARY, SIX)], { residents: people(2) });
    expect(() => corrections(inMarch([taken('cold')], { registers: [register] }))).toThrow(
      'No tariff covers a month that was estimated',
    );
  });

  it('tells what each month costs now, and what was charged for it', () => {
    const additionsOf = (changes: Partial<ServiceTerms>) => {
      const terms = { serviceId: 'cold', ...plansOf(blocks) };
      const register = silentIn([estimatedLine(terms, FEBRUARY, { ...SIX, charged: money('90.5') })], {
        residents: people(2),
      });
      const account = inMarch([taken('cold', { ...plansOf(blocks), ...changes })], { registers: [register] });
      const { share, statements } = calculateHouse(houseOf([account]));
      const [explained] = explainStatement(account, share);
      const [stored] = statements[0]?.lines ?? [];
      expect(explained?.line).toEqual(stored);
      return explained?.additions.map(({ kind, amount, expression }) => [
        kind,
        moneyText(amount),
        expression,
      ]);
    };
    expect(additionsOf({})).toEqual([['TRUE_UP', '-8.50', '(82.00 − 90.50)']]);
    const vat = { mode: 'EXCLUSIVE', rates: always(ratio('20')) } as const;
    expect(additionsOf({ vat })?.at(-1)).toEqual(['TRUE_UP', '-10.20', null]);
  });

  it('tells what the change of the volume costs where that is what is charged', () => {
    const heat = taken('heat', { ...HOT, tariffs: prices('1000'), heatNorms: always(ratio('0.05')) });
    const account = inMarch([heat], { registers: [{ ...readAfterEstimates('water'), ...HOT }] });
    const [explained] = explainStatement(account, calculateHouse(houseOf([account])).share);
    // 19 in 90 days: 6.544444 and 5.911111 of it are of the 31 days of January and the 28 of February, instead of 5.1
    expect(explained?.additions.map(({ amount, expression }) => [moneyText(amount), expression])).toEqual([
      ['112.78', '(72.22) + (40.56)'],
    ]);
  });

  it('differs in nothing from what was charged where the reading is what was estimated', () => {
    const plans = [blocks, { ...blocks, perPerson: true }, { ...blocks, application: 'WHOLE' }] as const;
    for (const plan of plans)
      for (let part = 1n; part < 40n; part += 1n) {
        // so much in 28 days, and as much a day in 59
        const [volume, until] = [quantityOf(part * 280_000n), quantityOf(part * 590_000n)];
        const start = { value: quantity('0'), on: FEBRUARY.from - 1 };
        const current = { value: volume, on: FEBRUARY.to - 1 };
        const closed = accountOf([taken('cold', plansOf(plan), { from: FEBRUARY.from, to: FEBRUARY.to })], {
          period: FEBRUARY,
          registers: [registerOf({ previous: start, current }, FEBRUARY)],
        });
        const own = { quantity: volume, charged: monthOf(closed).line.charged };
        const lines = [estimatedLine({ serviceId: 'cold', ...plansOf(plan) }, FEBRUARY, own)];
        const register = {
          ...silentIn(lines, { quantity: volume, residents: people(2) }),
          previous: start,
          current: { value: until, on: MARCH.to - 1 },
        };
        const account = inMarch([taken('cold', plansOf(plan))], { registers: [register] });
        expect(corrections(account)).toEqual(['0.00']);
      }
  });
});
