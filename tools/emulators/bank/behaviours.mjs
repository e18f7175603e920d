// What the bank can be made to do: by a card's number on its page, or through POST /emulator/behaviour.

/** Name → what happens, for the page of orders and for the answer to an unknown name. */
export const BEHAVIOURS = {
  ok: 'оплата проходит, одно уведомление после возврата покупателя',
  decline: 'отказ: недостаточно средств',
  'no-callback': 'оплата проходит, уведомления нет: узнать можно только запросом статуса',
  'callback-x10': 'одно и то же уведомление приходит десять раз разом',
  'callback-late': 'уведомление задержано до POST /emulator/release',
  'callback-before-return': 'уведомление доставлено раньше, чем покупатель вернулся',
  'callback-before-response': 'заказ оплачен и уведомление доставлено раньше ответа на register.do',
  'out-of-order': 'сначала приходит «deposited», потом «approved»',
  'forged-checksum': 'оплата проходит, подпись уведомления неверна',
  'forged-payment': 'денег нет, но приходит уведомление об оплате с неверной подписью',
  'amount-changed': 'списано на рубль меньше, чем просили',
  timeout: 'срок оплаты истекает',
  'late-success': 'срок истекает, а после POST /emulator/release деньги всё же списаны',
  'register-lost': 'заказ заведён, но ответ на register.do потерян',
  'status-error': 'запрос статуса отвечает системной ошибкой',
};

/** @typedef {keyof typeof BEHAVIOURS} Behaviour */

/** @type {{ pan: string, behaviour: Behaviour, secure: boolean }[]} `secure`: asks for a code of 3-D Secure */
export const CARDS = [
  { pan: '4111111111111111', behaviour: 'ok', secure: true },
  { pan: '5555555555554444', behaviour: 'ok', secure: false },
  { pan: '4000000000000010', behaviour: 'decline', secure: false },
  { pan: '4000000000000028', behaviour: 'no-callback', secure: false },
  { pan: '4000000000000036', behaviour: 'callback-x10', secure: false },
  { pan: '4000000000000044', behaviour: 'callback-late', secure: false },
  { pan: '4000000000000051', behaviour: 'callback-before-return', secure: false },
  { pan: '4000000000000069', behaviour: 'out-of-order', secure: false },
  { pan: '4000000000000077', behaviour: 'forged-checksum', secure: false },
  { pan: '4000000000000085', behaviour: 'forged-payment', secure: false },
  { pan: '4000000000000093', behaviour: 'amount-changed', secure: false },
  { pan: '4000000000000101', behaviour: 'timeout', secure: false },
  { pan: '4000000000000119', behaviour: 'late-success', secure: false },
  { pan: '4000000000000127', behaviour: 'status-error', secure: false },
];

/** Any card with this code is declined. */
export const DECLINING_CVC = '000';

/** The code that the page of 3-D Secure takes. */
export const SECURE_CODE = '123456';

/** @param {unknown} name @returns {name is Behaviour} */
export const isBehaviour = (name) => typeof name === 'string' && Object.hasOwn(BEHAVIOURS, name);

/** @param {string} digits @returns {number} the sum that Luhn's rule wants divisible by ten */
function luhn(digits) {
  return [...digits].reverse().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}

/** @param {string} pan */
export const isPan = (pan) => /^\d{13,19}$/.test(pan) && luhn(pan) % 10 === 0;
