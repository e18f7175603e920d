import { type Base, changeOf, wrongFields } from './changes';

const base: Base = {
  __typename: 'WhatIfBase',
  month: '2026-10',
  residents: '2',
  registers: [
    {
      __typename: 'WhatIfRegister',
      registerId: '7',
      resource: 'COLD_WATER',
      zone: 'SINGLE',
      place: 'кухня',
      used: '6.099',
    },
    {
      __typename: 'WhatIfRegister',
      registerId: '8',
      resource: 'HOT_WATER',
      zone: 'SINGLE',
      place: '',
      used: '3',
    },
  ],
  unmetered: [{ __typename: 'WhatIfUnmetered', resource: 'GAS', zone: 'SINGLE', used: '10' }],
  twoZones: null,
};

describe('what if', () => {
  it('asks for what was typed, and for nothing else', () => {
    expect(changeOf(base, { residents: '3', 'register-7': '5,5', 'register-8': '' })).toEqual({
      residents: '3',
      volumes: [{ registerId: '7', volume: '5.5' }],
      meters: [],
      nightPercent: null,
    });
    expect(changeOf(base, { 'meter-GAS-SINGLE': '4' })).toEqual({
      residents: null,
      volumes: [],
      meters: [{ resource: 'GAS', zone: 'SINGLE', volume: '4' }],
      nightPercent: null,
    });
    expect(changeOf(base, { 'night-percent': '32,5' }).nightPercent).toBe('32.5');
  });

  it('names the fields that hold no number', () => {
    expect(wrongFields({ residents: 'two', 'register-7': '-1', 'register-8': ' ', other: '1,5' })).toEqual([
      'residents',
      'register-7',
    ]);
  });
});
