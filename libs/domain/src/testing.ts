/** How often a law is tried: `PROPERTY_RUNS`, 1,000 where it is not set. */
export const LAW = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 1000) };
export { otherMonthOf, randomHouse } from './charging/random-house';
