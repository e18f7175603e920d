import { gauge, missedComma, rowState, type RowRegister } from './row';

const hotWater: RowRegister = {
  digits: 5,
  decimals: 3,
  previous: { value: '299' },
  usualFrom: '2',
  usualTo: '3',
  price: '118.07',
  costIncludes: ['Горячая вода', 'Водоотведение'],
};
const day: RowRegister = {
  ...hotWater,
  decimals: 0,
  previous: { value: '6858' },
  usualFrom: '120',
  usualTo: '180',
  price: '4.09',
  costIncludes: ['Электроснабжение, день'],
};
const jump = { code: 'IMPLAUSIBLE_JUMP', path: [], params: [] };

describe('rowState', () => {
  it('says nothing about an empty field', () => {
    expect(rowState(day, ' ')).toEqual({ costIsRough: false, asksToConfirm: false });
  });

  it('counts consumption and a rough cost while a person types', () => {
    expect(rowState(day, '7 011')).toMatchObject({
      value: '7011',
      consumption: '153',
      cost: '625.77',
      costIsRough: true,
    });
  });

  it('leaves the cost to the engine where more than the register is charged', () => {
    expect(rowState(hotWater, '301,3').cost).toBeUndefined();
    const preview = { cost: '335.92', refusals: [], warnings: [] };
    expect(rowState(hotWater, '301,3', preview)).toMatchObject({
      consumption: '2.3',
      cost: '335.92',
      costIsRough: false,
    });
  });

  it.each([
    ['6000', 'LESS_THAN_PREVIOUS', { value: '6000', previous: '6858' }],
    ['123456', 'TOO_MANY_DIGITS', { digits: '5', entered: '6' }],
    ['7011,5', 'TOO_MANY_DECIMALS', { decimals: '0', entered: '1' }],
    ['70l1', 'NOT_A_NUMBER', {}],
  ])('%s is refused as %s', (typed, code, params) => {
    const { problem, value } = rowState(day, typed);
    expect(problem?.code).toBe(code);
    expect(Object.fromEntries(problem?.params.map(({ name, value: text }) => [name, text]) ?? [])).toEqual(
      params,
    );
    expect(value).toBeUndefined();
  });

  it('takes leading zeros and a point', () => {
    expect(rowState(hotWater, '00301.3').consumption).toBe('2.3');
  });

  it('warns of a zero consumption and does not ask to confirm it', () => {
    expect(rowState(hotWater, '299')).toMatchObject({
      warning: { code: 'ZERO_CONSUMPTION' },
      asksToConfirm: false,
    });
  });

  it('asks to confirm a jump, and offers the comma that may be missing', () => {
    const state = rowState(hotWater, '3013', { cost: null, refusals: [], warnings: [jump] });
    expect(state).toMatchObject({ warning: jump, asksToConfirm: true, fix: '301,3', problem: undefined });
  });

  it('shows what only the API can refuse', () => {
    const expired = { code: 'VERIFICATION_EXPIRED', path: [], params: [] };
    expect(rowState(hotWater, '301', { cost: null, refusals: [expired], warnings: [] }).problem).toBe(
      expired,
    );
  });

  it('believes a small step over the zero', () => {
    const old = { ...day, previous: { value: '99990' } };
    expect(rowState(old, '00012')).toMatchObject({ consumption: '22', warning: { code: 'ROLLOVER' } });
  });
});

describe('missedComma', () => {
  it.each([
    ['3013', '301,3'],
    ['30130', '301,30'],
    ['313', undefined],
    ['301,3', undefined],
  ])('%s → %s', (typed, guess) => expect(missedComma(hotWater, typed)).toBe(guess));
});

describe('gauge', () => {
  it('puts the usual range and the mark on one scale', () => {
    expect(gauge(day, '153')).toEqual({ left: 33, width: 17, at: 43 });
    expect(gauge(hotWater, '14')).toMatchObject({ at: 96 });
  });

  it('is not drawn where nothing is usual yet', () =>
    expect(gauge({ ...day, usualTo: null }, '153')).toBeUndefined());
});
