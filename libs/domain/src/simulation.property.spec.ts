import { LAWS, live } from './simulation/laws';

/*
 * Whole lives of houses, each decided by a seed: readings, payments, reversals, adjustments and corrections over months.
 * `SIMULATION_SEEDS` of them are lived, 200 unless set; `SIMULATION_SEED` lives one of them again.
 */

const { SIMULATION_SEED: one, SIMULATION_SEEDS: count = '200' } = process.env;
const seeds = one === undefined ? Array.from({ length: Number(count) }, (_, at) => at + 1) : [Number(one)];

describe('the life of a house', () => {
  const broken = new Map<string, string[]>(Object.keys(LAWS).map((law) => [law, []]));

  beforeAll(() => {
    for (const seed of seeds) {
      const life = live(seed);
      for (const [law, breaches] of Object.entries(LAWS)) {
        const found = breaches(life);
        if (found.length) broken.get(law)?.push(`SIMULATION_SEED=${seed}: ${found.join(', ')}`);
      }
    }
  }, 1_800_000);

  it.each(Object.keys(LAWS))('%s', (law) => expect(broken.get(law)?.slice(0, 5)).toEqual([]));
});
