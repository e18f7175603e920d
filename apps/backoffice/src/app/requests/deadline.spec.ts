import { deadlineOf } from './deadline';

const now = Date.parse('2026-11-20T09:00:00Z');
const request = (dueAt: string, createdAt = '2026-11-20T00:00:00Z') => ({
  state: 'NEW' as const,
  createdAt,
  dueAt,
});

describe('the deadline of a request', () => {
  it.each([
    ['2026-11-23T10:00:00Z', { urgency: 'calm', key: 'deadline.daysLeft', count: 3 }],
    ['2026-11-20T20:30:00Z', { urgency: 'calm', key: 'deadline.hoursLeft', count: 11 }],
    ['2026-11-20T09:41:00Z', { urgency: 'soon', key: 'deadline.minutesLeft', count: 41 }],
    ['2026-11-20T08:48:00Z', { urgency: 'late', key: 'deadline.minutesLate', count: 12 }],
    ['2026-11-18T08:00:00Z', { urgency: 'late', key: 'deadline.daysLate', count: 2 }],
    ['2026-11-20T09:00:00Z', { urgency: 'soon', key: 'deadline.minutesLeft', count: 1 }],
  ])('due %s', (dueAt, expected) => {
    expect(deadlineOf(request(dueAt), now)).toMatchObject(expected);
  });

  it('turns when four fifths of the time have gone', () => {
    const from = '2026-11-20T01:00:00Z';
    expect(deadlineOf(request('2026-11-20T11:00:00Z', from), now)).toMatchObject({
      urgency: 'soon',
      spent: 80,
    });
    expect(deadlineOf(request('2026-11-20T11:01:00Z', from), now)?.urgency).toBe('calm');
  });

  it.each(['CLARIFICATION', 'DONE', 'CLOSED'] as const)('does not run in %s', (state) => {
    expect(deadlineOf({ ...request('2026-11-19T00:00:00Z'), state }, now)).toBeUndefined();
  });
});
