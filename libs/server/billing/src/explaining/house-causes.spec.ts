import { type KeptSum, causesOfHouse } from './house-causes';

const line = (amount: bigint, rest: Partial<KeptSum> = {}): KeptSum => ({
  ...{ accountId: '1', serviceId: '7', supplierId: '1', amount, isDecided: false },
  ...rest,
});
const between = (before: readonly KeptSum[], after: readonly KeptSum[]) =>
  causesOfHouse({ charged: [], kept: before }, { charged: [], kept: after });

describe('causes of a house', () => {
  it('leave nothing unexplained: what the facts do not tell is OTHER, and it is said', () => {
    expect(between([line(100n)], [line(140n), line(5n, { accountId: '2' })])).toEqual({
      services: [
        { serviceId: '7', before: 100n, after: 145n, causes: [{ cause: 'OTHER', amount: 45n, lines: 2 }] },
      ],
      isTold: false,
    });
  });

  it('name a decision where one is in the line of either month', () => {
    const { services, isTold } = between([line(0n, { isDecided: true })], [line(140n)]);
    expect(services[0]?.causes).toEqual([{ cause: 'HELD', amount: 140n, lines: 1 }]);
    expect(isTold).toBe(true);
  });

  it('are none where nothing differs', () => {
    expect(between([line(100n)], [line(100n)])).toEqual({
      services: [{ serviceId: '7', before: 100n, after: 100n, causes: [] }],
      isTold: true,
    });
  });
});
