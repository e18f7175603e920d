// What the payer sees: the card form, the bank's question for a code, the end.
import { escape, field, pageOf } from '../page.mjs';
import { BEHAVIOURS, CARDS, SECURE_CODE } from './behaviours.mjs';

const SIGNS = { 643: '₽', 398: '₸', 840: '$', 978: '€' };
const STATES = ['зарегистрирован', 'удержан', 'оплачен', 'отменён', 'возвращён', 'ждёт кода', 'отклонён'];

/** @typedef {import('./orders.mjs').Order} Order */

/** @param {number} kopeks @param {string} currency */
export const sum = (kopeks, currency) => {
  const whole = Math.trunc(kopeks / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return `${whole},${String(kopeks % 100).padStart(2, '0')} ${SIGNS[/** @type {keyof typeof SIGNS} */ (Number(currency))] ?? currency}`;
};

/** @param {string} pan */
const inFours = (pan) => pan.replace(/(\d{4})(?=\d)/g, '$1 ');

/** @param {Order} order */
const what = (
  order,
) => `<p class="soft">Заказ № ${escape(order.orderNumber)}${order.description ? `. ${escape(order.description)}` : ''}</p>
<p class="sum">${escape(sum(order.amount, order.currency))}</p>`;

/**
 * @param {Order} order
 * @param {{ values?: Record<string, string>, errors?: Record<string, string> }} [form]
 */
export function cardPage(order, { values = {}, errors = {} } = {}) {
  const wrong = Object.keys(errors).length
    ? `<p class="bad" role="alert">Проверьте данные карты: ${escape(Object.values(errors).join(' '))}</p>`
    : '';
  const one = (/** @type {Omit<import('../page.mjs').Field, 'error' | 'value'>} */ about) =>
    field({ ...about, error: errors[about.name], value: values[about.name] ?? '' });
  const body = `<div class="paper">
${what(order)}
${wrong}
<form method="post" action="/payment/pay" novalidate>
<input type="hidden" name="mdOrder" value="${escape(order.orderId)}">
${one({ name: 'pan', label: 'Номер карты', more: 'inputmode="numeric" autocomplete="cc-number" required' })}
<div class="pair">
${one({ name: 'expiry', label: 'Срок действия', hint: 'ММ/ГГ', more: 'inputmode="numeric" autocomplete="cc-exp" required' })}
${one({ name: 'cvc', label: 'Код CVC', hint: 'три цифры на обороте', more: 'inputmode="numeric" autocomplete="cc-csc" maxlength="4" required' })}
</div>
${one({ name: 'holder', label: 'Имя владельца', hint: 'как на карте; можно не указывать', more: 'autocomplete="cc-name"' })}
<div class="row"><button name="action" value="pay">Оплатить ${escape(sum(order.amount, order.currency))}</button>
<button class="plain" name="action" value="cancel">Отказаться от оплаты</button></div>
</form>
</div>
<h2>Пробные карты</h2>
<p class="soft">Это эмулятор: денег здесь нет. Срок — любой будущий, код — любые три цифры, код 000 — всегда отказ.</p>
${cards()}`;
  return pageOf({ title: 'Оплата банковской картой', body });
}

const cards = () => `<div class="scroll"><table>
<thead><tr><th scope="col">Номер</th><th scope="col">Что будет</th></tr></thead>
<tbody>${CARDS.map(({ pan, behaviour, secure }) => `<tr><td class="number">${inFours(pan)}</td><td>${escape(BEHAVIOURS[behaviour])}${secure ? ', с подтверждением кодом' : ''}</td></tr>`).join('')}</tbody>
</table></div>`;

/** @param {Order} order @param {string} [error] */
export function securePage(order, error) {
  const body = `<div class="paper">
${what(order)}
<p>Банк, выпустивший карту ${escape(order.card?.pan.slice(-4) ?? '')}, просит подтвердить оплату кодом из СМС.</p>
<p class="note">Это эмулятор: код — <strong>${SECURE_CODE}</strong></p>
${error ? `<p class="bad" role="alert">${escape(error)}</p>` : ''}
<form method="post" action="/payment/acs" novalidate>
<input type="hidden" name="mdOrder" value="${escape(order.orderId)}">
${field({ name: 'code', label: 'Код из СМС', error, more: 'inputmode="numeric" autocomplete="one-time-code" maxlength="6" required' })}
<div class="row"><button>Подтвердить</button></div>
</form>
</div>`;
  return pageOf({ title: 'Подтверждение оплаты', body });
}

/** @param {string} text @param {Order} [order] */
export const endPage = (text, order) =>
  pageOf({
    title: 'Оплата невозможна',
    body: `<div class="paper"><p>${escape(text)}</p>${order ? `<p><a href="${escape(order.failUrl)}">Вернуться в магазин</a></p>` : ''}</div>`,
  });

/** @param {Order} order */
const orderRow = (order) => {
  const told = order.callbacks.map((one) => {
    const state = one.held
      ? 'задержано'
      : one.delivered
        ? 'доставлено'
        : `попыток ${one.attempts.length}, ${one.attempts.at(-1)?.answer ?? 'ещё не отправлено'}`;
    return `${one.operation} ${one.status}${one.forged ? ', подпись неверна' : ''}: ${state}`;
  });
  return `<tr><td>${escape(order.orderNumber)}</td><td class="number">${escape(sum(order.amount, order.currency))}</td>
<td>${escape(STATES[order.status])}</td><td>${escape(order.behaviour ?? 'по карте')}</td>
<td class="text">${escape(told.join('\n'))}</td></tr>`;
};

/** @param {import('./desk.mjs').State} state */
export function ordersPage(state) {
  const rows = state.orders.slice(-200).reverse().map(orderRow).join('');
  const body = `<p class="soft">Эмулятор эквайринга. По умолчанию: ${escape(BEHAVIOURS[state.standard])}. То же для программ: GET /emulator/orders.</p>
${rows ? `<div class="scroll"><table><caption class="soft">Последние заказы</caption><thead><tr><th scope="col">Заказ</th><th scope="col" class="number">Сумма</th><th scope="col">Состояние</th><th scope="col">Поведение</th><th scope="col">Уведомления</th></tr></thead><tbody>${rows}</tbody></table></div>` : '<p>Заказов ещё не было.</p>'}
<h2>Пробные карты</h2>
${cards()}`;
  return pageOf({ title: 'Банк: заказы', body, wide: true });
}
