import { headersOf, placeOf } from './place';

describe('placeOf', () => {
  it.each([
    ['/home', { base: '/', slug: undefined }],
    ['/o/zarechny/home', { base: '/o/zarechny/', slug: 'zarechny' }],
    ['/o/zarechny', { base: '/o/zarechny/', slug: 'zarechny' }],
    ['/orders', { base: '/', slug: undefined }],
  ])('the cabinet at %s', (path, place) =>
    expect(placeOf('cabinet', path)).toEqual({ app: 'cabinet', ...place }),
  );

  it('the back-office stands below its own root', () => {
    expect(placeOf('backoffice', '/s/accounts', '/s/')).toEqual({
      app: 'backoffice',
      base: '/s/',
      slug: undefined,
    });
  });
});

describe('headersOf', () => {
  it('names the portal only where the address does', () => {
    expect(headersOf(placeOf('cabinet', '/o/zarechny/'))).toEqual({
      'x-kvartal-app': 'cabinet',
      'x-kvartal-portal': 'zarechny',
    });
    expect(headersOf(placeOf('cabinet', '/'))).toEqual({ 'x-kvartal-app': 'cabinet' });
  });
});
