import {
  addDays,
  civilDate,
  compareDates,
  dateFrom,
  dateOfDayNumber,
  dayNumber,
  dayOfMonth,
  dayOfWeek,
  daysBetween,
  earlierDate,
  isCivilDate,
  laterDate,
  todayIn,
} from './civil-date';
import {
  countDays,
  dateRangeText,
  daysOf,
  overlap,
  parseDateRange,
  rangeContains,
  segments,
} from './date-range';
import {
  addMonths,
  compareMonths,
  dayIn,
  daysIn,
  firstDay,
  lastDay,
  month,
  monthContains,
  monthOf,
  monthsBetween,
  nextMonth,
  previousMonth,
} from './month';

const day = civilDate;

describe('civil dates', () => {
  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '2026-04-31', '2026-01-00', '', '20260101'])(
    'refuses %j',
    (text) => {
      expect(isCivilDate(text)).toBe(false);
      expect(() => civilDate(text)).toThrow(RangeError);
    },
  );

  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2000-02-29', 366, '2001-03-01'],
    ['1970-01-01', 0, '1970-01-01'],
    ['1969-12-31', 1, '1970-01-01'],
    ['2100-02-28', 1, '2100-03-01'],
  ])('%s plus %i days is %s', (from, days, to) => {
    expect(addDays(day(from), days)).toBe(to);
    expect(daysBetween(day(from), day(to))).toBe(days);
  });

  it('numbers days from 1970 and back', () => {
    expect(dayNumber(day('1970-01-01'))).toBe(0);
    expect(dayNumber(day('2026-11-21'))).toBe(20778);
    expect(dateOfDayNumber(20778)).toBe('2026-11-21');
    expect(dateOfDayNumber(-1)).toBe('1969-12-31');
  });

  it('compares', () => {
    expect([day('2026-10-01'), day('2026-09-30')].sort(compareDates)).toEqual(['2026-09-30', '2026-10-01']);
    expect(compareDates(day('2026-10-01'), day('2026-10-01'))).toBe(0);
    expect(laterDate(day('2026-10-01'), day('2026-09-30'))).toBe('2026-10-01');
    expect(earlierDate(day('2026-10-01'), day('2026-09-30'))).toBe('2026-09-30');
    expect(dayOfMonth(day('2026-10-09'))).toBe(9);
    expect(dayOfWeek(day('2026-08-15'))).toBe(6);
    expect(dayOfWeek(day('1969-12-28'))).toBe(7);
    expect(dateFrom(2026, 3, 5)).toBe('2026-03-05');
  });

  it('knows which day it is where', () => {
    const midnight = new Date('2026-10-31T20:30:00Z');
    expect(todayIn(midnight, 'Europe/Moscow')).toBe('2026-10-31');
    expect(todayIn(midnight, 'Asia/Almaty')).toBe('2026-11-01');
    expect(() => todayIn(midnight, 'Nowhere/City')).toThrow(RangeError);
  });
});

describe('months', () => {
  it.each(['2026-13', '2026-00', '2026-1', '2026', '2026-01-01'])('refuses %j', (text) =>
    expect(() => month(text)).toThrow(RangeError),
  );

  it('walks over years', () => {
    expect(nextMonth(month('2026-12'))).toBe('2027-01');
    expect(previousMonth(month('2026-01'))).toBe('2025-12');
    expect(addMonths(month('2026-11'), -23)).toBe('2024-12');
    expect(monthsBetween(month('2024-12'), month('2026-11'))).toBe(23);
    expect(compareMonths(month('2026-09'), month('2026-10'))).toBeLessThan(0);
    expect(compareMonths(month('2026-10'), month('2026-09'))).toBeGreaterThan(0);
    expect(compareMonths(month('2026-10'), month('2026-10'))).toBe(0);
  });

  it('has its days', () => {
    expect(daysIn(month('2028-02'))).toBe(29);
    expect(daysIn(month('2027-02'))).toBe(28);
    expect(firstDay(month('2026-04'))).toBe('2026-04-01');
    expect(lastDay(month('2026-04'))).toBe('2026-04-30');
    expect(monthOf(day('2026-04-30'))).toBe('2026-04');
    expect(monthContains(month('2026-04'), day('2026-05-01'))).toBe(false);
    expect(monthContains(month('2026-04'), day('2026-04-30'))).toBe(true);
    expect(dayIn(month('2026-06'), 31)).toBe('2026-06-30');
  });
});

describe('date ranges', () => {
  const april = daysOf(month('2026-04'));
  const open = { from: null, to: null };

  it('are half-open', () => {
    expect(april).toEqual({ from: '2026-04-01', to: '2026-05-01' });
    expect(countDays(april)).toBe(30);
    expect(rangeContains(april, day('2026-04-30'))).toBe(true);
    expect(rangeContains(april, day('2026-05-01'))).toBe(false);
    expect(rangeContains(open, day('2026-05-01'))).toBe(true);
  });

  it('overlap in what they share', () => {
    expect(overlap(april, { from: day('2026-04-20'), to: null })).toEqual({
      from: '2026-04-20',
      to: '2026-05-01',
    });
    expect(overlap(april, { from: null, to: day('2026-04-02') })).toEqual({
      from: '2026-04-01',
      to: '2026-04-02',
    });
    expect(overlap(april, { from: day('2026-05-01'), to: null })).toBeUndefined();
    expect(overlap(open, open)).toEqual(open);
  });

  it('cut a month at every change inside it', () => {
    const cut = segments(april, [
      { from: day('2026-04-15'), to: null },
      { from: null, to: day('2026-04-15') },
      { from: day('2026-03-01'), to: day('2026-04-20') },
      { from: day('2026-05-01'), to: null },
    ]);
    expect(cut.map(({ from, to }) => `${from}/${to}`)).toEqual([
      '2026-04-01/2026-04-15',
      '2026-04-15/2026-04-20',
      '2026-04-20/2026-05-01',
    ]);
    expect(segments(april, [])).toEqual([april]);
  });

  it('read and write what PostgreSQL does', () => {
    for (const text of ['[2026-04-01,2026-05-01)', '[2026-04-01,)', '[,2026-05-01)', '[,)'])
      expect(dateRangeText(parseDateRange(text))).toBe(text);
    expect(parseDateRange('(,)')).toEqual(open);
    expect(() => parseDateRange('empty')).toThrow(RangeError);
    expect(() => parseDateRange('[2026-02-30,)')).toThrow(RangeError);
  });
});
