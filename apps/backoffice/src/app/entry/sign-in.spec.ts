import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { NewCaptchaDocument, type RefusalCode, SignInDocument } from '../../generated/graphql';
import { aViewer, backofficeProviders, button, find, settled, signedIn, textOf } from '../../testing';
import { SignIn } from './sign-in';

async function shown() {
  TestBed.configureTestingModule({ providers: backofficeProviders() });
  const api = await signedIn();
  const to = jest.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
  const fixture = TestBed.createComponent(SignIn);
  fixture.componentRef.setInput('to', '/requests?view=new');
  await settled();
  const page: HTMLElement = fixture.nativeElement;
  const type = (name: string, text: string) => {
    const box = find<HTMLInputElement>(page, `#field-${name}`);
    box.value = text;
    box.dispatchEvent(new Event('input'));
  };
  const submit = async () => {
    button(page, 'Войти').click();
    await settled();
  };
  return { api, page, to, type, submit };
}

const no = (code: RefusalCode) => ({
  signIn: {
    __typename: 'Refused' as const,
    refusals: [{ __typename: 'Refusal' as const, code, path: ['input'], params: [] }],
  },
});

describe('SignIn', () => {
  it('asks for what is missing before it asks the API, and leads to the field', async () => {
    const { api, page, type, submit } = await shown();
    type('login', 'kuznetsova');
    await submit();
    api.expectNone(SignInDocument);
    expect([...page.querySelectorAll<HTMLElement>('kv-error-summary li')].map(textOf)).toEqual([
      'Введите пароль.',
    ]);
    expect(find(page, '#field-password').getAttribute('aria-invalid')).toBe('true');
    document.body.append(page);
    find<HTMLAnchorElement>(page, 'kv-error-summary a').click();
    expect(document.activeElement?.id).toBe('field-password');
    page.remove();
  });

  it('goes on to the page that was wanted', async () => {
    const { api, to, type, submit } = await shown();
    type('login', ' kuznetsova ');
    type('password', 'secret');
    await submit();
    const signIn = api.expectOne(SignInDocument);
    expect(signIn.operation.variables['input']).toMatchObject({
      login: 'kuznetsova',
      password: 'secret',
      remember: false,
    });
    signIn.flushData({ signIn: { __typename: 'SignedIn', viewer: aViewer() } });
    await settled();
    expect(to).toHaveBeenCalledWith('/requests?view=new');
  });

  it('says no in words and keeps what was typed', async () => {
    const { api, page, type, submit } = await shown();
    type('login', 'kuznetsova');
    type('password', 'wrong');
    await submit();
    api.expectOne(SignInDocument).flushData(no('AUTH_BAD_CREDENTIALS'));
    await settled();
    expect(textOf(find(page, 'kv-error-summary'))).toContain('Логин или пароль не подходят');
    expect(find<HTMLInputElement>(page, '#field-password').value).toBe('wrong');
  });

  it('shows a captcha only where the API asks for one, and a new one after each failure', async () => {
    const { api, page, type, submit } = await shown();
    expect(page.querySelector('img')).toBeNull();
    type('login', 'kuznetsova');
    type('password', 'wrong');
    await submit();
    api.expectOne(SignInDocument).flushData(no('CAPTCHA_WRONG'));
    await settled();
    api
      .expectOne(NewCaptchaDocument)
      .flushData({ newCaptcha: { __typename: 'Captcha', id: '7', svg: '<svg/>', question: null } });
    await settled();
    expect(find<HTMLImageElement>(page, 'img').src).toContain('data:image/svg+xml');
    type('captcha', 'a8Xk');
    await submit();
    const second = api.expectOne(SignInDocument);
    expect(second.operation.variables['input']).toMatchObject({ captcha: { id: '7', text: 'a8Xk' } });
    second.flushData(no('AUTH_BAD_CREDENTIALS'));
    await settled();
    api.expectOne(NewCaptchaDocument);
  });
});
