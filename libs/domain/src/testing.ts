/** How often a law is tried: `PROPERTY_RUNS`, 1,000 where it is not set. */
export const LAW = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 1000) };
/** How often a law of whole houses is tried: each of them has dozens of lines. */
export const HOUSE_LAW = { numRuns: Math.ceil(LAW.numRuns / 4) };

export { randomHouse } from './charging/random-house';
