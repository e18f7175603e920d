import {
  showAmount,
  showFileSize,
  showMoney,
  showNumber,
  showPercent,
  showPhone,
  showPrice,
  showQuantity,
} from './formats';
import { showDate, showDateTime, showDay, showDays, showMonth, showMonthName, showNear } from './dates';
import { localeOf, plural } from './locale';

describe('numbers for people', () => {
  it('groups by U+00A0, has a decimal comma, two decimals and U+2212', () => {
    expect(showMoney('1537.15', 'RUB')).toBe('1\u00a0537,15\u00a0₽');
    expect(showMoney('-97446905.17', 'KZT')).toBe('\u221297\u00a0446\u00a0905,17\u00a0₸');
    expect(showAmount('0')).toBe('0,00');
    expect(showAmount('-0.00')).toBe('0,00');
    expect(showAmount('417.9')).toBe('417,90');
    expect(showAmount('999')).toBe('999,00');
  });

  it('refuses to show what is not an amount', () => {
    for (const wrong of ['', '1,5', '1.005', 'abc', '1e3', '.5'])
      expect(() => showAmount(wrong)).toThrow(RangeError);
  });

  it('shows a quantity with all the digits needed to recompute', () => {
    expect(showQuantity('10.418300', 'м³')).toBe('10,4183\u00a0м³');
    expect(showQuantity('48.000000')).toBe('48');
    expect(showNumber('-0.500')).toBe('\u22120,5');
    expect(showNumber('00000145.554')).toBe('145,554');
    expect(showNumber('12345678901234567890.5')).toBe(
      '12\u00a0345\u00a0678\u00a0901\u00a0234\u00a0567\u00a0890,5',
    );
  });

  it('shows a price as its order has it', () => {
    expect(showPrice('15.780000', 'RUB', 'м³')).toBe('15,78\u00a0₽/м³');
    expect(showPrice('4.123456', 'RUB')).toBe('4,123456\u00a0₽');
    expect(showPrice('31.5', 'KZT', 'м²')).toBe('31,50\u00a0₸/м²');
    expect(showPercent('12')).toBe('12\u00a0%');
  });

  it('shows the size of a file', () => {
    expect(showFileSize(48 * 1024 * 1024, 'ru')).toBe('48\u00a0МБ');
    expect(showFileSize(1_500_000, 'ru')).toBe('1,4\u00a0МБ');
    expect(showFileSize(312_000, 'en')).toBe('305\u00a0KB');
    expect(showFileSize(1, 'ru')).toBe('1\u00a0КБ');
  });

  it.each([
    ['+79123456789', '+7 912 345-67-89'],
    ['8 (912) 345-67-89', '+7 912 345-67-89'],
    ['9123456789', '+7 912 345-67-89'],
    ['227788', '22-77-88'],
    ['22-77-8', '2-27-78'],
    ['доб. 5', 'доб. 5'],
    ['', ''],
  ])('shows the phone «%s» as «%s»', (phone, shown) => {
    expect(showPhone(phone).replaceAll('\u00a0', ' ')).toBe(shown);
  });
});

describe('dates for people', () => {
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');

  it('shows a date in a table and in a sentence', () => {
    expect(showDate('2026-11-02')).toBe('02.11.2026');
    expect(plain(showDay('2026-11-20', 'ru'))).toBe('20 ноября');
    expect(plain(showDay('2026-05-01', 'kk'))).toBe('1 мамыр');
    expect(() => showDate('20.11.2026')).toThrow(RangeError);
  });

  it('shows a span', () => {
    expect(plain(showDays('2026-12-10', '2026-12-25', 'ru'))).toBe('с 10 по 25 декабря');
    expect(plain(showDays('2026-11-25', '2026-12-03', 'ru'))).toBe('с 25 ноября по 3 декабря');
    expect(plain(showDays('2025-12-25', '2026-12-03', 'en'))).toBe('from 25 December to 3 December');
    expect(plain(showDays('2026-12-10', '2026-12-25', 'kk'))).toBe('10–25 желтоқсан');
  });

  it('shows a month', () => {
    expect(plain(showMonth('2026-11', 'ru'))).toBe('ноябрь 2026');
    expect(plain(showMonth('2026-02-01', 'kk'))).toBe('2026 ж. ақпан');
    expect(plain(showMonth('2026-01', 'en'))).toBe('January 2026');
    expect(showMonthName('2026-08', 'ru')).toBe('август');
  });

  it('shows an instant where the organisation is, over midnight too', () => {
    expect(showDateTime('2026-11-20T15:02:00Z', 'Europe/Moscow')).toBe('20.11.2026, 18:02');
    expect(showDateTime(new Date('2026-12-31T21:00:00Z'), 'Europe/Moscow')).toBe('01.01.2027, 00:00');
  });

  it('says today, yesterday and tomorrow', () => {
    const place = { today: '2026-11-20', timeZone: 'Europe/Moscow', locale: 'ru' } as const;
    expect(showNear('2026-11-20T15:02:00Z', place)).toBe('сегодня, 18:02');
    expect(showNear('2026-11-18T22:00:00Z', place)).toBe('вчера, 01:00');
    expect(showNear('2026-11-21T05:30:00Z', place)).toBe('завтра, 08:30');
    expect(showNear('2026-11-23T05:30:00Z', place)).toBe('23.11.2026, 08:30');
  });
});

describe('plural', () => {
  const days = { one: 'день', few: 'дня', many: 'дней', other: 'дня' };
  it.each([
    [1, 'день'],
    [2, 'дня'],
    [5, 'дней'],
    [11, 'дней'],
    [21, 'день'],
    [22, 'дня'],
    [112, 'дней'],
    [1.5, 'дня'],
    [0, 'дней'],
  ])('%d %s', (count, word) => expect(plural('ru', count, days)).toBe(word));

  it('knows which languages we speak', () => {
    expect(['ru', 'kk-KZ', 'en-US', 'de', undefined].map(localeOf)).toEqual(['ru', 'kk', 'en', 'ru', 'ru']);
  });
});
