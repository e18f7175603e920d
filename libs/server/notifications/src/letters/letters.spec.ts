import { render } from './layout';
import { letters } from './letters.ru';

const sender = { brand: 'УК «Заречный квартал»', siteUrl: 'https://example.test/o/zarechny/' };

describe('letters', () => {
  it('says the same in HTML and in text, the link in both', () => {
    const letter = letters.confirmRegistration({
      login: 'ivanov',
      url: 'https://example.test/confirm/abc',
      until: '22.11.2026, 12:00',
    });
    const { html, text, subject } = render(letter, sender);
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
    expect(render(letter, sender).html).not.toContain('<img');
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
    expect(render(letter, sender).text).toContain('15.11.2026');
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
    expect(render(letters.paymentReceived({ ...told, balance: '-5.00' }), sender).text).toContain(
      'Переплата: 5,00',
    );
    expect(render(letters.paymentReceived({ ...told, balance: '5.00' }), sender).text).toContain(
      'Осталось оплатить: 5,00',
    );
  });
});
