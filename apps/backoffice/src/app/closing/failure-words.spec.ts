import { failureWords } from './failure-words';

describe('why a computation failed, in words', () => {
  it.each([
    ['NO_TARIFF: Водоотведение, Отопление', 'closing.noTariff', { services: 'Водоотведение, Отопление' }],
    ['HOUSES_FAILED 3: NO_TARIFF: Отопление; broken', 'closing.failedCount', { count: 3 }],
    ['LINES_DISAGREE', 'closing.linesDisagree', {}],
    ['ORPHANS 12', 'closing.orphans', {}],
    ['TWO_SUPPLIERS: Горячая вода', 'closing.twoSuppliers', { service: 'Горячая вода' }],
    ['NO_NORM: Холодная вода', 'closing.noNorm', { services: 'Холодная вода' }],
    [
      'NO_NORM: Холодная вода, Подогрев; 100001, 100002, …',
      'closing.noNormOf',
      { services: 'Холодная вода, Подогрев', accounts: '100001, 100002, …' },
    ],
    ['NO_COMMON_AREA: Вода на ОДН', 'closing.noCommonArea', { services: 'Вода на ОДН' }],
    ['ENGINE_ERROR: Division by zero', 'closing.engineError', { text: 'Division by zero' }],
    ['Division by zero', 'closing.engineError', { text: 'Division by zero' }],
    ['', 'closing.engineError', { text: '' }],
  ])('%s', (failure, key, params) => {
    expect(failureWords(failure)).toEqual({ key, params });
  });
});
