-- What the law says today, as data: staff end a row's `known` and add another when it changes.
-- A due day is a whole number of hundred-millionths; it is looked up by the month that is charged.
insert into rate (country, kind, value, document, valid, known) values
  ('RU', 'DUE_DAY', 1000000000, 'ЖК РФ, ст. 155, ч. 1', '[2005-03-01,2026-03-01)', '[2005-03-01T00:00:00Z,)'),
  ('RU', 'DUE_DAY', 1500000000, '177-ФЗ от 24.06.2025', '[2026-03-01,)', '[2005-03-01T00:00:00Z,)'),
  ('KZ', 'DUE_DAY', 2500000000, 'Правила предоставления коммунальных услуг', '[2005-01-01,)', '[2005-01-01T00:00:00Z,)');
