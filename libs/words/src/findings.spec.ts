import { FINDING_NAMES, findingText } from './findings';
import { LOCALES } from './locale';

const VALUES: Readonly<Record<string, string>> = {
  service: 'Отопление',
  accounts: '12',
  numbers: '100001, 100002, 100003',
  serial: '0042',
  takenOn: '2026-10-20',
  quantity: '-2.500000',
  unit: 'м³',
  resource: 'COLD_WATER',
  amount: '1200.50',
  currency: 'RUB',
  readings: '3',
  registers: '10',
};

it('says of each finding in each language where it is and what mends it', () => {
  for (const locale of LOCALES)
    for (const name of FINDING_NAMES) {
      const { remedy, detail } = findingText(name, locale);
      for (const text of [remedy, detail((of) => VALUES[of] ?? 'undefined')]) {
        expect(text).not.toMatch(/undefined|NaN/);
        expect(text.length).toBeGreaterThan(2);
      }
    }
});

it('writes numbers, days and sums as people read them', () => {
  const said = (name: (typeof FINDING_NAMES)[number]) =>
    findingText(name, 'ru')
      .detail((of) => VALUES[of] ?? '')
      .replace(/\u00a0/g, ' ');
  expect(said('PAYMENT_UNMATCHED')).toBe('1 200,50 ₽');
  expect(said('NEGATIVE_CARRY')).toBe('Отопление: −2,5 м³');
  expect(said('HOUSE_METER_WITHOUT_READING')).toBe('Холодная вода, счётчик № 0042');
  expect(said('READING_AFTER_REMOVAL')).toBe('счётчик 0042, показание от 20.10.2026');
  expect(said('READINGS_COVERAGE')).toBe('передано 3 из 10');
});
