import { drawBars, gridStep } from './bar-chart-geometry';

const size = { width: 520, height: 168 };
const month = (at: number, value: string, previous?: string) => ({
  month: `2026-${String(at).padStart(2, '0')}`,
  value,
  previous,
});

describe('the bars of a chart', () => {
  it.each([
    [0, 1],
    [10.4, 5],
    [12, 5],
    [3, 1],
    [0.9, 0.5],
    [250, 100],
  ])('three steps of the grid reach over %p: %p each', (top, step) => {
    expect(gridStep(top)).toBeCloseTo(step, 9);
  });

  it('start at zero, in proportion, and never leave the drawing', () => {
    const { months, base, grid } = drawBars([month(1, '5'), month(2, '10', '2.5'), month(3, '0')], size);
    const [first, second, third] = months;
    expect(first?.current.height).toBeCloseTo((second?.current.height ?? 0) / 2, 6);
    expect(second?.last?.height).toBeCloseTo((second?.current.height ?? 0) / 4, 6);
    expect(third?.current.height).toBe(0);
    expect(months.every(({ current }) => current.y >= 0 && current.y + current.height <= base + 1e-9)).toBe(
      true,
    );
    expect(grid[0]).toEqual({ y: base, label: '0' });
  });

  it('stand over the names of their months where no last year stands beside', () => {
    const middleOf = ({ x, width }: { x: number; width: number }) => x + width / 2;
    for (const one of drawBars([month(1, '5'), month(2, '10')], size).months)
      expect(middleOf(one.current)).toBeCloseTo(one.middle, 6);
    const [pair] = drawBars([month(1, '5', '4')], size).months;
    expect(pair?.last?.x ?? Infinity).toBeLessThan(pair?.current.x ?? 0);
  });

  it('labels the newest month, and leaves out labels that would touch', () => {
    const months = Array.from({ length: 12 }, (_, at) => month(at + 1, '1'));
    const labelled = drawBars(months, { width: 318, height: 150 }).months.filter((one) => one.labelled);
    expect(labelled.at(-1)?.month).toBe('2026-12');
    expect(labelled.length).toBeLessThan(12);
  });
});
