import { REQUEST_CATEGORIES, deadlineOf, isOverdue, normalisePhone } from './request.rules';

const rules = { timeZone: 'Europe/Moscow' };

describe('the deadline of a request', () => {
  it('counts hours through the night', () => {
    const made = new Date('2026-11-21T23:50:00+03:00');
    expect(deadlineOf('PLUMBING', made, rules)).toEqual(new Date('2026-11-22T23:50:00+03:00'));
  });

  it('counts working days over a week-end', () => {
    const friday = new Date('2026-11-20T10:00:00+03:00');
    expect(deadlineOf('CLEANING', friday, rules)).toEqual(new Date('2026-11-23T10:00:00+03:00'));
    expect(deadlineOf('TERRITORY', friday, rules)).toEqual(new Date('2026-11-25T10:00:00+03:00'));
  });

  it('goes by the day of the organisation, not of the server', () => {
    const fridayThere = new Date('2026-11-20T23:30:00Z'); // Saturday, 02:30 in Moscow
    expect(deadlineOf('CLEANING', fridayThere, rules)).toEqual(new Date('2026-11-22T23:30:00Z'));
  });

  it('takes the hours that the organisation promises', () => {
    const made = new Date('2026-11-21T10:00:00Z');
    const promised = { ...rules, requestHours: { PLUMBING: 2 } };
    expect(deadlineOf('PLUMBING', made, promised)).toEqual(new Date('2026-11-21T12:00:00Z'));
  });

  it('lies ahead for every category', () => {
    const made = new Date('2026-11-21T10:00:00Z');
    for (const category of REQUEST_CATEGORIES) expect(deadlineOf(category, made, rules) > made).toBe(true);
  });

  it('stands while the resident is asked', () => {
    const dueAt = new Date('2026-11-20T00:00:00Z');
    const now = new Date('2026-11-21T00:00:00Z');
    expect(isOverdue({ state: 'IN_WORK', dueAt }, now)).toBe(true);
    expect(isOverdue({ state: 'CLARIFICATION', dueAt }, now)).toBe(false);
    expect(isOverdue({ state: 'DONE', dueAt }, now)).toBe(false);
  });
});

describe('a telephone', () => {
  it.each([
    ['+7 912 345-67-89', '+79123456789'],
    ['8 (912) 345-67-89', '+79123456789'],
    ['79123456789', '+79123456789'],
    ['912.345.67.89', '+79123456789'],
  ])('%s is stored as %s', (typed, stored) => {
    expect(normalisePhone(typed)).toBe(stored);
  });

  it('takes a short local number where the area code is known', () => {
    expect(normalisePhone('22-77-88', '8552')).toBe('+78552227788');
    expect(normalisePhone('222-77-88', '843')).toBe('+78432227788');
    expect(normalisePhone('22-77-88')).toBeUndefined();
    expect(normalisePhone('22-77-88', '843')).toBeUndefined();
  });

  it.each([
    '',
    '   ',
    'звоните',
    '12345',
    '+1 912 345 67 89',
    '+8 912 345 67 89',
    '8912345678901',
    '0x1234567890',
  ])('«%s» is none', (typed) => {
    expect(normalisePhone(typed)).toBeUndefined();
  });
});
