import { remainingMs, withSample } from './remaining';

describe('the time left of a computation', () => {
  it('is unknown until something was done while we watched', () => {
    expect(remainingMs([], 100)).toBeUndefined();
    expect(remainingMs([{ at: 0, done: 40 }], 100)).toBeUndefined();
    expect(
      remainingMs(
        [
          { at: 0, done: 40 },
          { at: 5_000, done: 40 },
        ],
        100,
      ),
    ).toBeUndefined();
  });

  it('follows the rate that was seen, not the share of the whole', () => {
    const samples = [
      { at: 1_000, done: 40 },
      { at: 11_000, done: 60 },
    ];
    expect(remainingMs(samples, 100)).toBe(20_000);
  });

  it('forgets what is older than half a minute', () => {
    const old = [
      { at: 0, done: 0 },
      { at: 20_000, done: 10 },
    ];
    expect(withSample(old, { at: 40_000, done: 50 })).toEqual([
      { at: 20_000, done: 10 },
      { at: 40_000, done: 50 },
    ]);
  });
});
