-- Legal numbers known on the day of this release, as dated rows that staff may end and follow up with new ones.
-- A rate is in hundred-millionths (9.5 % is 9500000); a due day is a whole number.
insert into rate (country, kind, value, document, valid, known)
select country, kind, round(value * 100000000)::bigint, document, daterange(since::date, until::date), tstzrange('2020-01-01T00:00:00Z', null)
from (values
  ('RU', 'DUE_DAY', 10, 'ЖК РФ, ст. 155 ч. 1', '2020-01-01', '2026-03-01'),
  ('RU', 'DUE_DAY', 15, 'Закон № 177-ФЗ от 24.06.2025', '2026-03-01', null),
  ('KZ', 'DUE_DAY', 25, 'Типовой договор, приказ № 58 от 24.06.2019', '2020-01-01', null),
  ('RU', 'VAT', 0.20, 'НК РФ, ст. 164', '2019-01-01', '2026-01-01'),
  ('RU', 'VAT', 0.22, 'НК РФ, ст. 164', '2026-01-01', null),
  ('KZ', 'VAT', 0.12, 'Налоговый кодекс РК', '2009-01-01', '2026-01-01'),
  ('KZ', 'VAT', 0.16, 'Налоговый кодекс РК', '2026-01-01', null),
  ('RU', 'PENALTY_CAP', 0.095, 'ПП № 474 от 26.03.2022, № 329 от 18.03.2025', '2023-01-01', '2027-01-01'),
  ('RU', 'KEY_RATE', 0.16, 'Банк России', '2023-12-18', '2024-07-29'),
  ('RU', 'KEY_RATE', 0.18, 'Банк России', '2024-07-29', '2024-09-16'),
  ('RU', 'KEY_RATE', 0.19, 'Банк России', '2024-09-16', '2024-10-28'),
  ('RU', 'KEY_RATE', 0.21, 'Банк России', '2024-10-28', '2025-06-09'),
  ('RU', 'KEY_RATE', 0.20, 'Банк России', '2025-06-09', '2025-07-28'),
  ('RU', 'KEY_RATE', 0.18, 'Банк России', '2025-07-28', '2025-09-15'),
  ('RU', 'KEY_RATE', 0.17, 'Банк России', '2025-09-15', '2025-10-27'),
  ('RU', 'KEY_RATE', 0.165, 'Банк России', '2025-10-27', '2025-12-22'),
  ('RU', 'KEY_RATE', 0.16, 'Банк России', '2025-12-22', '2026-02-16'),
  ('RU', 'KEY_RATE', 0.155, 'Банк России', '2026-02-16', null)
) as legal(country, kind, value, document, since, until);
