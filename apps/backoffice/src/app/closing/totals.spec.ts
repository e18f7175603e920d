import { percentText, totalsOf } from './totals';

const service = (serviceId: string, previous: string, current: string) => ({
  serviceId,
  service: `Услуга ${serviceId}`,
  previous,
  current,
});

describe('the totals of a month against the last one', () => {
  it('adds every service up to the kopek', () => {
    const { total } = totalsOf([
      service('1', '0.10', '0.20'),
      service('2', '-0.30', '0.40'),
      service('3', '90071992547409.93', '90071992547409.93'),
    ]);
    expect(total).toMatchObject({
      previous: '90071992547409.73',
      current: '90071992547410.53',
      difference: '0.80',
    });
  });

  it.each([
    ['100.00', '130.00', '30.0', true],
    ['200.00', '196.00', '-2.0', false],
    ['-100.00', '-186.40', '-86.4', true],
    ['3.00', '3.01', '0.3', false],
    ['100.00', '119.99', '20.0', true],
    ['100.00', '119.94', '19.9', false],
    ['5.00', '5.00', '0.0', false],
  ])('from %s to %s is %s %%', (previous, current, percent, isLarge) => {
    expect(totalsOf([service('1', previous, current)]).rows[0]).toMatchObject({ percent, isLarge });
  });

  it('has no percent where nothing was charged before', () => {
    expect(totalsOf([service('1', '0.00', '10.00')]).rows[0]?.percent).toBeUndefined();
  });

  it('measures the bars against the largest change', () => {
    const { rows } = totalsOf([
      service('1', '0', '200.00'),
      service('2', '100.00', '0'),
      service('3', '7', '7'),
    ]);
    expect(rows.map(({ bar }) => bar)).toEqual([100, -50, 0]);
  });

  it('survives a month without services', () => {
    expect(totalsOf([])).toMatchObject({ rows: [], total: { current: '0.00', percent: undefined } });
  });

  it.each([
    ['2.0', '+2,0 %'],
    ['-86.4', '−86,4 %'],
    ['-0.3', '−0,3 %'],
    ['0.0', '0,0 %'],
    ['1268.9', '+1 268,9 %'],
    [undefined, '—'],
  ])('says %p as %s', (percent, text) => {
    expect(percentText({ percent }).replace(/\u00a0/g, ' ')).toBe(text);
  });
});
