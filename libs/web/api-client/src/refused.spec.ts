import { fieldRefusals, isRefusal, isRefused } from './refused';

const params = [{ name: 'max', value: '30' }];

describe('fieldRefusals', () => {
  it('puts each refusal at the field of the form, in words', () => {
    const refusals = [
      { code: 'REG_LOGIN_TAKEN', path: ['input', 'login'], params: [] },
      { code: 'TOO_LONG', path: ['text'], params },
      { code: 'VERIFICATION_EXPIRED', path: ['input', 'readings', '2', 'value'], params: [] },
      { code: 'LINK_NOT_FOUND', path: [], params: [] },
    ];
    const say = (code: string, values: typeof params) =>
      `${code} ${values.map(({ value }) => value).join()}`.trim();
    expect(fieldRefusals(refusals, (code, values) => say(code, [...values]))).toEqual([
      { code: 'REG_LOGIN_TAKEN', field: 'login', text: 'REG_LOGIN_TAKEN' },
      { code: 'TOO_LONG', field: 'text', text: 'TOO_LONG 30' },
      { code: 'VERIFICATION_EXPIRED', field: 'readings.2.value', text: 'VERIFICATION_EXPIRED' },
      { code: 'LINK_NOT_FOUND', field: '', text: 'LINK_NOT_FOUND' },
    ]);
  });
});

it('tells a refusal from an answer', () => {
  expect(isRefused({ __typename: 'Refused', refusals: [] })).toBe(true);
  expect(isRefused({ __typename: 'Done' })).toBe(false);
  expect(isRefusal({ code: 'X', path: [], params: [] })).toBe(true);
  expect(isRefusal({ message: 'X' })).toBe(false);
});
