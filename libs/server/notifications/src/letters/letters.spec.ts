import { render } from './layout';
import { lettersIn } from './letters';

const letters = lettersIn('ru');
const sender = { brand: 'УК «Заречный квартал»', siteUrl: 'https://example.test/o/zarechny/' };

describe('letters', () => {
  it('says the same in HTML and in text, the link in both', () => {
    const letter = letters.confirmRegistration({
      login: 'ivanov',
      url: 'https://example.test/confirm/abc',
      until: '22.11.2026, 12:00',
    });
    const { html, text, subject } = render(letter, sender, 'ru');
    expect(subject).toBe('Подтвердите регистрацию');
    for (const form of [html, text]) {
      expect(form).toContain('https://example.test/confirm/abc');
      expect(form).toContain('ivanov');
      expect(form).toContain('22.11.2026, 12:00');
    }
  });

  it('lets nobody write HTML into a letter', () => {
    const letter = letters.requestChanged({
      number: '1',
      category: 'Прочее',
      what: 'новый ответ',
      text: '<img src=x onerror=alert(1)>',
      url: 'https://example.test',
    });
    expect(render(letter, sender, 'ru').html).not.toContain('<img');
  });

  it('writes sums and dates as people read them', () => {
    const letter = letters.billIssued({
      number: '0401000001',
      address: 'Садовая, 2, 1',
      month: '2026-10',
      total: '1537.15',
      currency: 'RUB',
      payBy: '2026-11-15',
      url: 'https://example.test',
    });
    expect(letter.subject).toBe('Квитанция за октябрь\u00a02026: 1\u00a0537,15\u00a0₽');
    expect(render(letter, sender, 'ru').text).toContain('15.11.2026');
  });

  it('calls a negative balance an overpayment', () => {
    const told = {
      number: '1',
      amount: '10.00',
      currency: 'RUB',
      paidOn: '2026-11-02',
      order: 'o',
      url: 'https://example.test',
    } as const;
    expect(render(letters.paymentReceived({ ...told, balance: '-5.00' }), sender, 'ru').text).toContain(
      'Переплата: 5,00',
    );
    expect(render(letters.paymentReceived({ ...told, balance: '5.00' }), sender, 'ru').text).toContain(
      'Осталось оплатить: 5,00',
    );
  });

  const told = {
    login: 'ivanov',
    number: '0401000001',
    address: 'Садовая, 2, 1',
    url: 'https://example.test/x',
    until: '22.11.2026, 12:00',
    at: '20.11.2026, 12:00',
    month: '2026-10',
    total: '1537.15',
    amount: '1537.15',
    balance: '-5.00',
    currency: 'KZT',
    payBy: '2026-11-15',
    paidOn: '2026-11-02',
    order: 'order-1',
    reason: 'reason-1',
    category: 'category-1',
    what: 'what-1',
    text: 'text-1',
  } as const;
  const kinds = [
    'confirmRegistration',
    'emailTaken',
    'recovery',
    'passwordChanged',
    'accountLinked',
    'accountLinkedByOther',
    'billIssued',
    'paymentReceived',
    'paymentReversed',
    'requestChanged',
  ] as const;

  it.each(kinds)('says the same of %s in every language, each in its own words', (kind) => {
    const inAll = ['ru', 'kk', 'en'].map((locale) => {
      const letter = lettersIn(locale)[kind](told);
      const { html, text } = render(letter, sender, locale);
      expect(html).toContain(`<html lang="${locale}">`);
      expect(text).not.toMatch(/undefined|\$\{|\{\{/);
      expect(text).toContain(told.url);
      return letter;
    });
    expect(new Set(inAll.map(({ template }) => template)).size).toBe(1);
    expect(new Set(inAll.map(({ subject }) => subject)).size).toBe(3);
    expect(new Set(inAll.map(({ button }) => button?.label)).size).toBe(3);
    for (const value of Object.values(told))
      expect(new Set(inAll.map((letter) => JSON.stringify(letter).includes(value))).size).toBe(1);
  });

  it('speaks Russian to whom it cannot speak otherwise', () =>
    expect(lettersIn('fr').recovery(told).subject).toBe(lettersIn('ru').recovery(told).subject));
});
