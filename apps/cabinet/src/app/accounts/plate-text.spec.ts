import { besidePlate, plateText } from './plate-text';

describe('plateText', () => {
  it.each([
    ['12 к. 1', '12/1'],
    ['12 корп. 1', '12/1'],
    ['8', '8'],
    ['14А', '14А'],
    ['д. 5', '5'],
    ['12/1', '12/1'],
  ])('%s is %s', (house, plate) => expect(plateText(house)).toBe(plate));
});

describe('an address beside its plate', () => {
  it.each([
    ['Приреченск, Садовая, 2, кв. 1', '2', 'Приреченск, Садовая, кв. 1'],
    ['Приреченск, Садовая, 12 к. 1, кв. 40', '12 к. 1', 'Приреченск, Садовая, кв. 40'],
  ])('%s at %s', (line, house, beside) => expect(besidePlate({ line, house })).toBe(beside));
});
