// Proves the emulators by talking to them as the shop, the payer and the tests do: node tools/emulators/check.mjs
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checks as bankChecks } from './check-bank.mjs';
import { checks as smsChecks } from './check-sms.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const KEY = 'test-key';

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return address && typeof address === 'object' ? address.port : 0;
}

/** The shop's end of the notifications: keeps what arrives, answers what it is told to. */
async function startShop() {
  /** @type {Record<string, string>[]} */
  const heard = [];
  const shop = {
    heard,
    answer: 200,
    url: '',
    close: () => server.close(),
    of: (/** @type {string} */ number) => heard.filter((one) => one.orderNumber === number),
  };
  const server = createServer((request, response) => {
    heard.push(Object.fromEntries(new URL(request.url ?? '/', 'http://shop').searchParams));
    response.writeHead(shop.answer).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  shop.url = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/pay/sberbank`;
  return shop;
}

/** @param {string} script @param {NodeJS.ProcessEnv} env */
async function startEmulator(script, env) {
  const port = await freePort();
  const child = spawn(process.execPath, [`${here}/${script}`], {
    env: { ...process.env, REDIS_URL: '', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill('SIGTERM') };
}

const shop = await startShop();
const bank = await startEmulator('bank.mjs', {
  BANK_CALLBACK_KEY: KEY,
  CALLBACK_URL: shop.url,
  RETRY_SECONDS: '0',
});
const sms = await startEmulator('sms.mjs', {});
const counts = { passed: 0, failed: 0 };
const all = { ...bankChecks({ bank: bank.url, shop }), ...smsChecks({ sms: sms.url }) };
for (const [name, check] of Object.entries(all)) {
  try {
    await check();
    counts.passed++;
    console.log(`✓ ${name}`);
  } catch (error) {
    counts.failed++;
    console.log(`✗ ${name}\n${error instanceof Error ? error.stack : error}`);
  }
}
bank.stop();
sms.stop();
shop.close();
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed ? 1 : 0);
