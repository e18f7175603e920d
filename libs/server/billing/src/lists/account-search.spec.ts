import { conditionOf, wordsOf } from './account-search';

it.each([
  ['ул. Садовая, 12-47', ['САДОВАЯ', '12', '47']],
  ['Иванов-Петров', ['ИВАНОВ', 'ПЕТРОВ']],
  ['л/с № 0401 287', ['0401', '287']],
  ['Ёлкина', ['ЕЛКИНА']],
  ['  ', []],
])('takes «%s» apart', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

it('lets no sign of a pattern through', () => {
  expect(conditionOf('100%', 3).values).toEqual(['100%', '100%']);
  expect(conditionOf('А_Б', 3).values).toEqual(['А_Б', 'А\\_Б%']);
});
