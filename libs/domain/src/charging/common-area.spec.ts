import { quantity, quantityOf, quantityText, ratio } from '../decimal';
import { accountShare, commonShare, shareOf } from './common-area';
import { type Volume } from './consumption';
import { type CommonTerms } from './snapshot';
import { accountOf, APRIL, commonOf } from './testing';

const volume = (resource: Volume['resource'], zone: Volume['zone'], used: string): Volume => ({
  ...{ resource, zone, basis: 'METER', quantity: quantity(used), weights: null },
  ...{ from: APRIL.from, to: APRIL.to },
});
const used = [
  volume('ELECTRICITY', 'DAY', '30'),
  volume('ELECTRICITY', 'NIGHT', '20'),
  volume('COLD_WATER', 'SINGLE', '5'),
];
const sharesOf = (...commons: CommonTerms[]) =>
  commonShare({ period: APRIL, commons }, [used, used]).commons.map((share) => [
    quantityText(share.individual),
    quantityText(share.distributed),
  ]);
const power = (zone: CommonTerms['zone'], houseMeter: string) =>
  commonOf({ resource: 'ELECTRICITY', zone, houseMeter: quantity(houseMeter) });

describe('what a house shares', () => {
  it('is found for each zone of its meter, from the volumes of that zone', () =>
    expect(sharesOf(power('DAY', '70'), power('NIGHT', '45'))).toEqual([
      ['60', '10'],
      ['40', '5'],
    ]));

  it('is found for all zones where its meter has one', () =>
    expect(sharesOf(power('SINGLE', '130'))).toEqual([['100', '30']]));

  it('is carried into the month, and capped by the norm of the common area only where it lies above', () => {
    const terms = commonOf({
      ...{ houseMeter: quantity('20'), carryIn: quantity('-3'), capByNorm: true },
      ...{ norm: ratio('0.05'), commonArea: quantity('100') },
    });
    const found = (individual: string) => {
      const { houseVolume, distributed, excess, carryOut } = shareOf(terms, quantity(individual));
      return [houseVolume, distributed, excess, carryOut].map((one) => quantityText(one));
    };
    expect(found('10')).toEqual(['7', '5', '2', '0']);
    expect(found('12')).toEqual(['5', '5', '0', '0']);
    expect(found('13')).toEqual(['4', '4', '0', '0']);
    expect(found('17')).toEqual(['0', '0', '0', '0']);
    expect(found('18')).toEqual(['-1', '0', '0', '-1']);
  });
});

describe('an account’s part', () => {
  const reduced = shareOf(
    commonOf({ houseMeter: quantity('0'), negativePolicy: 'DISTRIBUTE' }),
    quantity('10'),
  );
  const partOf = (own: string, days: { from: number; to: number } = APRIL) =>
    quantityText(accountShare(reduced, accountOf([]), days, [volume('COLD_WATER', 'SINGLE', own)]));

  it('of a reduction is by area, as far as the account used any', () => {
    // 50 of 100 m² of −10
    expect(['8', '5', '3', '0', '-2'].map((own) => partOf(own))).toEqual(['-5', '-5', '-3', '0', '0']);
    expect(partOf('8', { from: APRIL.from, to: APRIL.from + 15 })).toBe('-2.5');
  });

  it('counts the account’s own volumes of that resource', () =>
    expect(
      quantityText(
        accountShare(reduced, accountOf([]), APRIL, [
          volume('HOT_WATER', 'SINGLE', '8'),
          volume('COLD_WATER', 'SINGLE', '1'),
          volume('COLD_WATER', 'NIGHT', '2'),
        ]),
      ),
    ).toBe('-3'));

  it('is nothing in a house without area', () => {
    const terms = commonOf({ houseMeter: quantity('30'), totalArea: quantityOf(0n) });
    expect(accountShare(shareOf(terms, quantity('10')), accountOf([]), APRIL, [])).toBe(0n);
  });
});
