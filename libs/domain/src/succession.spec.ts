import { civilDate } from './civil-date';
import { dateRangeText, parseDateRange } from './date-range';
import { succeed, uncovered } from './succession';

const ranges = (...texts: string[]) => texts.map(parseDateRange);

describe('a value from a day on', () => {
  it.each([
    ['ends what holds for ever', ['[2020-01-01,)'], '2026-11-10', '[2020-01-01,2026-11-10)', '[2026-11-10,)'],
    ['has no begin to keep', ['[,)'], '2026-11-10', '[,2026-11-10)', '[2026-11-10,)'],
    ['takes all its days from its first one on', ['[2026-11-10,)'], '2026-11-10', undefined, '[2026-11-10,)'],
    [
      'leaves what was stated for later',
      ['[2020-01-01,2027-01-01)', '[2027-01-01,)'],
      '2026-11-10',
      '[2020-01-01,2026-11-10)',
      '[2026-11-10,2027-01-01)',
    ],
    [
      'fills the days before the first',
      ['[2027-01-01,)'],
      '2026-11-10',
      undefined,
      '[2026-11-10,2027-01-01)',
    ],
    [
      'fills a hole up to the nearest, whatever order they come in',
      ['[2028-01-01,)', '[2027-01-01,2028-01-01)', '[2020-01-01,2026-01-01)'],
      '2026-11-10',
      undefined,
      '[2026-11-10,2027-01-01)',
    ],
    ['is the first', [], '2026-11-10', undefined, '[2026-11-10,)'],
  ])('%s', (_, standing, since, remains, begins) => {
    const found = succeed(ranges(...standing), civilDate(since));
    expect([found.remains && dateRangeText(found.remains), dateRangeText(found.begins)]).toEqual([
      remains,
      begins,
    ]);
  });
});

describe('days without a value', () => {
  it.each([
    [['[2020-01-01,)'], []],
    [['[,)'], []],
    [[], ['[2026-11-01,)']],
    [['[2020-01-01,2027-01-01)'], ['[2027-01-01,)']],
    [['[2020-01-01,2026-01-01)'], ['[2026-11-01,)']],
    [['[2026-12-01,)', '[2020-01-01,2026-11-15)'], ['[2026-11-15,2026-12-01)']],
    [['[2020-01-01,2026-11-15)', '[2026-11-15,)'], []],
  ])('of %j', (standing, holes) => {
    expect(uncovered(ranges(...standing), civilDate('2026-11-01')).map(dateRangeText)).toEqual(holes);
  });
});
