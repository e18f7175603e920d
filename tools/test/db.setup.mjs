// Jest's global set-up: the services, unless whoever started this run has started them already.
import { startTestServices } from './services.mjs';

/** @type {import('./services.mjs').TestServices | undefined} */
export let started;

export default async function setUp() {
  if (process.env.KVARTAL_TEST_PG_ADMIN) return;
  started = await startTestServices();
  Object.assign(process.env, started.env);
}
