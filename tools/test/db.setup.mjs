// Jest's global set-up: the services, unless whoever started this run has started them already.
import { startTestServices } from './services.mjs';

export default async function setUp() {
  if (process.env.KVARTAL_TEST_PG_ADMIN) return;
  const services = await startTestServices();
  Object.assign(process.env, services.env);
  Object.assign(globalThis, { stopKvartalTestServices: services.stop });
}
