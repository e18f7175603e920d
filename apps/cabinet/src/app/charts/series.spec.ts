import { lastYear } from './series';

const volume = (month: string, quantity: string) => ({
  month,
  quantity,
  charged: `${quantity}0`,
  estimated: false,
});

describe('lastYear', () => {
  it('shows twelve months beside those of the year before', () => {
    const months = Array.from({ length: 14 }, (_, at) => {
      const number = 9 + at;
      const year = 2025 + Math.floor((number - 1) / 12);
      return volume(`${year}-${String(((number - 1) % 12) + 1).padStart(2, '0')}`, `${at}`);
    });
    const shown = lastYear(months.reverse(), 'quantity');
    expect(shown).toHaveLength(12);
    expect(shown[0]).toEqual({ month: '2025-11', value: '2', previous: undefined, estimated: false });
    expect(shown.at(-1)).toEqual({ month: '2026-10', value: '13', previous: '1', estimated: false });
  });
});
