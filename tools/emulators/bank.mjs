// A bank for development and tests: the acquiring protocol of Sberbank (RBS), its pages, its signed notifications.
// Settings: PORT, BANK_USER, BANK_PASSWORD, BANK_CALLBACK_KEY, CALLBACK_URL, RETRY_SECONDS, STATE_FILE, REDIS_URL.
import { Desk } from './bank/desk.mjs';
import { control } from './bank/control.mjs';
import { Notices } from './bank/notices.mjs';
import { ordersPage } from './bank/pages.mjs';
import { Payer } from './bank/payer.mjs';
import { Rest } from './bank/rest.mjs';
import { clockOf } from './clock.mjs';
import { html, json, serve } from './http.mjs';
import { kept } from './kept.mjs';

const SWEEP_MS = 1000;
const env = process.env;
const port = Number(env.PORT ?? 1070);

/** @type {import('./bank/desk.mjs').State} */
const empty = { orders: [], standard: 'ok', rules: [] };
const { value: state, save } = kept(env.STATE_FILE, empty);
const now = clockOf(env);
const notices = new Notices({
  key: env.BANK_CALLBACK_KEY ?? 'kvartal-callback-key',
  url: env.CALLBACK_URL ?? '',
  retrySeconds: Number(env.RETRY_SECONDS ?? 30),
  now,
  save,
});
const desk = new Desk({ state, save, now, notices });
const payer = new Payer(desk);
const rest = new Rest(desk, {
  user: env.BANK_USER ?? 'kvartal-api',
  password: env.BANK_PASSWORD ?? 'kvartal',
  publicUrl: env.BANK_PUBLIC_URL ?? `http://127.0.0.1:${port}`,
});

/**
 * @param {import('./http.mjs').Asked} asked
 * @returns {Promise<(import('./http.mjs').Answer & { after?: () => void }) | undefined>}
 */
async function route(asked) {
  const { method, path } = asked;
  if (path === '/health') return json({ status: 'ok' });
  if (path.startsWith('/emulator/')) return control(desk, asked);
  if (path === '/' && method === 'GET') return html(ordersPage(state));
  if (path.endsWith('/payment_ru.html') && method === 'GET') return payer.form(asked.query);
  if (method !== 'POST') return undefined;
  if (path === '/payment/pay') return payer.pay(asked.form());
  if (path === '/payment/acs') return payer.confirm(asked.form());
  return shop(path.split('/').at(-1) ?? '', asked.form());
}

/**
 * A request of the shop, and the two behaviours that begin with its registration.
 * @param {string} command
 * @param {URLSearchParams} form
 */
async function shop(command, form) {
  const reply = await rest.answer(command, form);
  if (!reply) return undefined;
  const order =
    command.startsWith('register') && reply.orderId
      ? desk.find({ orderId: String(reply.orderId) })
      : undefined;
  const behaviour = order && desk.behaviourOf(order);
  if (behaviour === 'register-lost') return { cut: true };
  if (order && behaviour === 'callback-before-response')
    await desk.settle(order, { pan: '5555555555554444', expiration: '203012', holder: 'TEST' });
  return json(reply);
}

await serve(port, async (asked) => {
  const answer = await route(asked);
  if (answer && 'after' in answer) setImmediate(answer.after ?? (() => undefined));
  return answer;
});
setInterval(() => void desk.expireDue().catch(console.error), SWEEP_MS).unref();
desk.resume();
console.log(`bank: http://127.0.0.1:${port}`);
