import { parseGisIdentifier } from './gis-identifiers';
import { checkIdentifier, type IdentifierType } from './identifiers';

const BIC = '044525225';

describe('check digits', () => {
  it.each<[IdentifierType, string, boolean, number | null]>([
    ['INN', '7707083893', true, 3],
    ['INN', '7707083892', false, 3],
    ['INN', '500100732259', true, 9],
    ['INN', '500100732269', false, 9],
    ['INN', '770708389', false, null],
    ['KPP', '773601001', true, null],
    ['KPP', '7736AB001', true, null],
    ['KPP', '77360100', false, null],
    ['BIC', BIC, true, null],
    ['BIC', '04452522', false, null],
    ['OGRN', '1027700132195', true, 5],
    ['OGRN', '1027700132196', false, 5],
    ['OGRNIP', '304500116000157', true, 7],
    ['OGRNIP', '30450011600015', false, null],
    ['SNILS', '112-233-445 95', true, 95],
    ['SNILS', '11223344596', false, 95],
    ['SNILS', '1122334459', false, null],
    ['IIN_BIN', '791028302728', true, 8],
    ['IIN_BIN', '971240001315', true, 5],
    ['IIN_BIN', '971280001315', false, null],
    ['RS', '40702810138250123017', true, 1],
    ['RS', '40702810238250123017', false, 1],
    ['KS', '30101810400000000225', true, 4],
    ['KS', '30101810500000000225', false, 4],
    ['IBAN_KZ', 'KZ86 125K ZT50 0410 0100', true, 86],
    ['IBAN_KZ', 'KZ87125KZT5004100100', false, 86],
    ['IBAN_KZ', 'DE86125KZT5004100100', false, null],
  ])('%s %s: %s', (type, value, valid, expectedCheckDigit) =>
    expect(checkIdentifier(type, value, BIC)).toMatchObject({ valid, expectedCheckDigit }),
  );

  it('of an account need the bank', () =>
    expect(checkIdentifier('RS', '40702810138250123017').valid).toBe(false));

  it('tell a company from a person', () => {
    expect(checkIdentifier('IIN_BIN', '971240001315').kind).toBe('BIN');
    expect(checkIdentifier('IIN_BIN', '791028302728').kind).toBe('IIN');
    expect(checkIdentifier('INN', '7707083893').kind).toBe('ORGANIZATION');
    expect(checkIdentifier('INN', '500100732259').kind).toBe('PERSON');
  });
});

describe('identifiers of ГИС ЖКХ', () => {
  it('are taken apart', () => {
    expect(parseGisIdentifier('70АА000560')).toEqual({ valid: true, kind: 'ELS', els: '70АА000560' });
    expect(parseGisIdentifier(' 70аа000560-01-6103 ')).toEqual({
      valid: true,
      kind: 'IPD',
      els: '70АА000560',
      serviceNo: '01',
      izhku: '70АА000560-01',
      yearDigit: 6,
      month: 10,
      sequence: 3,
    });
  });

  it.each(['70АА00056', '70АА000560-1', '70АА000560-01-6133', '70АА000560-01-610', ''])('refuse %j', (text) =>
    expect(parseGisIdentifier(text)).toEqual({ valid: false }),
  );
});
