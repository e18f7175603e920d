import { type Candidate, normaliseFlat, proves } from './link-proof';

const books: Candidate = { number: '551412К', surnameKey: 'СЕМЕНОВ', flat: '12а' };
const typed = { number: '551412', surname: 'Семёнов', flat: '12А' };

describe('what proves that an account is one’s own', () => {
  it.each([
    ['the letter index left out', {}],
    ['the letter index typed', { number: '551412к' }],
    ['spaces and hyphens in the number', { number: ' 551-412 К ' }],
    ['ё as е, any case, spaces around', { surname: '  семенов ' }],
    ['«кв.» before the flat', { flat: 'кв. 12 А' }],
    ['a zero before the flat', { flat: '012а' }],
  ])('is right with %s', (_, change) => {
    expect(proves({ ...typed, ...change }, books)).toBe(true);
  });

  it.each([
    ['another number', { number: '551413' }],
    ['another letter index', { number: '551412М' }],
    ['a part of the number', { number: '51412' }],
    ['another surname', { surname: 'Семёнова' }],
    ['no surname', { surname: ' ' }],
    ['another flat', { flat: '12' }],
    ['no flat', { flat: '' }],
  ])('is wrong with %s', (_, change) => {
    expect(proves({ ...typed, ...change }, books)).toBe(false);
  });

  it('takes a letter index that only the person types', () => {
    expect(proves({ ...typed, number: '551412К' }, { ...books, number: '551412' })).toBe(true);
  });

  it('knows a company by its name, whatever the quotes', () => {
    const company = { number: '00009177', surnameKey: 'ТОО РОМАШКА', flat: '' };
    expect(proves({ number: '00009177', surname: 'ТОО «Ромашка»', flat: '' }, company)).toBe(true);
  });

  it('proves nothing where nobody holds the account', () => {
    expect(proves({ ...typed, surname: '' }, { ...books, surnameKey: null })).toBe(false);
    expect(proves({ ...typed, surname: '' }, { ...books, surnameKey: '' })).toBe(false);
  });

  it('leaves a flat named by letters alone', () => {
    expect(normaliseFlat('оф. 3')).toBe('3');
    expect(normaliseFlat('кв')).toBe('КВ');
    expect(normaliseFlat('0')).toBe('0');
  });
});
