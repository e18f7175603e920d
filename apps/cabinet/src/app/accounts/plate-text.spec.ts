import { plateText } from './plate-text';

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
