import { maskName, normaliseAccountNumber, normaliseSurname, shortName } from './people';

describe('names', () => {
  it('compare whatever the letter case, the ё and the hyphen', () => {
    expect(normaliseSurname(' Соловьёва-седых ')).toBe('СОЛОВЬЕВА СЕДЫХ');
    expect(normaliseSurname('соловьева  седых')).toBe('СОЛОВЬЕВА СЕДЫХ');
    expect(normaliseSurname('Əбілқасымов')).toBe('ƏБІЛҚАСЫМОВ');
  });

  it('are masked and shortened', () => {
    expect(maskName('Иванов Иван Иванович')).toBe('И***в И. И.');
    expect(maskName('Ли Анна')).toBe('Л*** А.');
    expect(maskName('')).toBe('***');
    expect(shortName('Иванов Иван Иванович')).toBe('Иванов И. И.');
    expect(shortName('  Иванов   иван ')).toBe('Иванов И.');
  });
});

describe('account numbers', () => {
  it.each([
    ['551412', '551412'],
    ['551-412 ', '551412'],
    ['551412а', '551412'],
    ['Л 551412', '551412'],
    ['00009177', '00009177'],
    ['70АА000560', '70АА000560'],
    ['абв', 'АБВ'],
  ])('%j is %j', (typed, number) => expect(normaliseAccountNumber(typed)).toBe(number));
});
