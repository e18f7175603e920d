// An SMS gateway for development and tests: send.php and status.php in the manner of SMSC.ru, and a page of messages.
// Settings: PORT, SMS_USER, SMS_PASSWORD, STATE_FILE, REDIS_URL.
import { clockOf } from './clock.mjs';
import { html, json, serve } from './http.mjs';
import { kept } from './kept.mjs';
import { escape, pageOf } from './page.mjs';
import { Gateway } from './sms/gateway.mjs';

const env = process.env;
const port = Number(env.PORT ?? 1090);
/** @type {import('./sms/gateway.mjs').State} */
const empty = { messages: [], next: 1, rules: [] };
const gateway = new Gateway(kept(env.STATE_FILE, empty), {
  login: env.SMS_USER ?? '',
  password: env.SMS_PASSWORD ?? '',
  now: clockOf(env),
});

/** @returns {string} */
function page() {
  const rows = gateway
    .messages(null)
    .slice(0, 200)
    .map(
      ({ at, phone, sender, text }) =>
        `<tr><td>${escape(at.slice(0, 19).replace('T', ' '))}</td><td>+${escape(phone)}</td><td>${escape(sender)}</td><td class="text">${escape(text)}</td></tr>`,
    );
  const head =
    '<th scope="col">Время (UTC)</th><th scope="col">Телефон</th><th scope="col">Отправитель</th><th scope="col">Текст</th>';
  const list = rows.length
    ? `<div class="scroll"><table><caption class="soft">Новые сверху</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
    : '<p>Сообщений ещё не было.</p>';
  const body = `<p class="soft">Эмулятор СМС-шлюза: наружу ничего не уходит. То же для программ: GET /messages.</p>${list}`;
  return pageOf({ title: 'СМС-сообщения', body, wide: true });
}

await serve(port, async ({ method, path, query, form, json: body }) => {
  const name = path.split('/').at(-1);
  if (name === 'send.php') return json(await gateway.send(form()));
  if (name === 'status.php') return json(gateway.status(form()));
  if (path === '/health') return json({ status: 'ok' });
  if (method === 'GET' && path === '/') return html(page());
  if (method === 'GET' && path === '/messages') return json(gateway.messages(query.get('phone')));
  if (method === 'POST' && path === '/behaviour')
    return json(gateway.rule(body()) ?? { error: 'a phone is expected' });
  return undefined;
});
console.log(`sms: http://127.0.0.1:${port}`);
