import { besidePlate, houseNumber } from './beside-plate';

describe('an address beside its plate', () => {
  it.each([
    ['Приреченск, Садовая ул., 12/1, кв. 47', '12/1', 'Приреченск, Садовая ул., кв. 47'],
    ['Приреченск, Садовая ул., 12 к. 1', '12 к. 1', 'Приреченск, Садовая ул.'],
    ['Приреченск, ул. 40 лет Октября, 4, кв. 40', '40', 'Приреченск, ул. 40 лет Октября, 4, кв. 40'],
  ])('%s at %s', (address, house, line) => {
    expect(besidePlate(address, house)).toBe(line);
  });

  it.each([
    ['Приреченск, Садовая ул., 12 к. 1', '12 к. 1'],
    ['Приреченск, Речная, 8', '8'],
    ['8', '8'],
  ])('%s has %s on its plate', (house, number) => {
    expect(houseNumber(house)).toBe(number);
  });
});
