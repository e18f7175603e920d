import { changeAfter, factOn, onlyFact, weightOver } from './dated';
import { clip, daySpan } from './snapshot';
import { civilDate } from '../civil-date';

const FACTS = [
  { from: 10, to: 20, value: 2n, id: 'a' },
  { from: 20, to: 25, value: 2n, id: 'b' },
  { from: 25, to: 30, value: 3n, id: 'c' },
  { from: 40, to: 50, value: 3n, id: 'd' },
];

describe('a dated fact', () => {
  it.each([
    [9, undefined],
    [10, 'a'],
    [19, 'a'],
    [20, 'b'],
    [29, 'c'],
    [30, undefined],
    [40, 'd'],
    [50, undefined],
  ])('on day %i is %s', (day, id) => expect(factOn(FACTS, day)?.id).toBe(id));

  it.each([
    [5, 10],
    // neighbours of the same value are one fact
    [10, 25],
    [24, 25],
    [25, 30],
    // the same value after a gap is another fact
    [30, 40],
    [45, 50],
    [50, Number.MAX_SAFE_INTEGER],
  ])('after day %i is another one from %i', (day, change) => expect(changeAfter(FACTS, day)).toBe(change));

  it.each([
    [0, 100, 75n],
    [0, 10, 0n],
    [19, 26, 15n],
    [28, 42, 12n],
    [12, 12, 0n],
    [15, 12, 0n],
  ])('weighs its days from %i to %i', (from, to, weight) => expect(weightOver(FACTS, from, to)).toBe(weight));

  it.each([
    [10, 20, 'a'],
    [10, 25, 'a'],
    [10, 26, undefined],
    [25, 31, undefined],
    [5, 15, undefined],
    [41, 50, 'd'],
  ])('covers all days from %i to %i, or none does', (from, to, id) =>
    expect(onlyFact(FACTS, from, to)?.id).toBe(id),
  );
});

describe('days', () => {
  it('within others are what both have, none where they do not meet', () => {
    expect(clip({ from: 5, to: 15 }, { from: 10, to: 20 })).toEqual({ from: 10, to: 15 });
    expect(clip({ from: 12, to: 30 }, { from: 10, to: 20 })).toEqual({ from: 12, to: 20 });
    expect(clip({ from: 0, to: 8 }, { from: 10, to: 20 })).toEqual({ from: 10, to: 10 });
  });

  it('of a range are numbers, an open end beyond every date', () => {
    expect(daySpan({ from: civilDate('1970-01-02'), to: civilDate('1970-01-11') })).toEqual({
      from: 1,
      to: 10,
    });
    const open = daySpan({ from: null, to: null });
    expect(open.from < -1_000_000 && open.to > 1_000_000).toBe(true);
  });
});
