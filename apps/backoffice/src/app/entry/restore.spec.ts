import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { NewCaptchaDocument, RequestRecoveryDocument, ResetPasswordDocument } from '../../generated/graphql';
import { backofficeProviders, button, find, settled, signedIn, textOf } from '../../testing';
import { Reset } from './reset';
import { Restore } from './restore';

const DONE = { __typename: 'Done' as const, ok: true };
const no = (code: 'CAPTCHA_WRONG' | 'PASSWORD_LENGTH' | 'RECOVERY_LINK_EXPIRED', path: string[]) => ({
  __typename: 'Refused' as const,
  refusals: [{ __typename: 'Refusal' as const, code, path, params: [] }],
});

async function shown<T>(component: new () => T, inputs: Record<string, string> = {}) {
  TestBed.configureTestingModule({ providers: backofficeProviders() });
  const api = await signedIn();
  const fixture = TestBed.createComponent(component);
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  await settled();
  const page: HTMLElement = fixture.nativeElement;
  const type = (name: string, text: string) => {
    const box = find<HTMLInputElement>(page, `#field-${name}`);
    box.value = text;
    box.dispatchEvent(new Event('input'));
  };
  const press = async (label: string) => {
    button(page, label).click();
    await settled();
  };
  return { api, page, type, press };
}

describe('Restore', () => {
  it('asks for a letter and says the same whoever it is', async () => {
    const { api, page, type, press } = await shown(Restore);
    await press('Прислать ссылку');
    api.expectNone(RequestRecoveryDocument);
    expect(textOf(find(page, 'kv-error-summary'))).toContain('Введите логин или e-mail.');
    type('loginOrEmail', ' kuznetsova ');
    await press('Прислать ссылку');
    const asked = api.expectOne(RequestRecoveryDocument);
    expect(asked.operation.variables).toMatchObject({ loginOrEmail: 'kuznetsova' });
    asked.flushData({ requestRecovery: DONE });
    await settled();
    expect(textOf(page)).toContain('письмо со ссылкой уже в пути');
    expect(page.querySelector('form')).toBeNull();
  });

  it('shows a captcha where the API asks for one, and asks in words whoever cannot see it', async () => {
    const { api, page, type, press } = await shown(Restore);
    type('loginOrEmail', 'kuznetsova');
    await press('Прислать ссылку');
    api.expectOne(RequestRecoveryDocument).flushData({ requestRecovery: no('CAPTCHA_WRONG', ['captcha']) });
    await settled();
    const picture = api.expectOne(NewCaptchaDocument);
    expect(picture.operation.variables).toEqual({ inWords: false, locale: 'ru' });
    picture.flushData({ newCaptcha: { __typename: 'Captcha', id: '7', svg: '<svg/>', question: null } });
    await settled();
    await press('Не вижу картинку');
    const words = api.expectOne(NewCaptchaDocument);
    expect(words.operation.variables).toEqual({ inWords: true, locale: 'ru' });
    const question = 'Сколько будет два плюс три минус один? Ответьте числом.';
    words.flushData({ newCaptcha: { __typename: 'Captcha', id: '8', svg: null, question } });
    await settled();
    expect(page.querySelector('img')).toBeNull();
    expect(textOf(find(page, 'label[for="field-captcha"]'))).toContain(question);
    type('captcha', ' 4 ');
    await press('Прислать ссылку');
    expect(api.expectOne(RequestRecoveryDocument).operation.variables).toMatchObject({
      captcha: { id: '8', text: '4' },
    });
  });
});

describe('Reset', () => {
  it('sets the password by the link and goes to the sign-in', async () => {
    const { api, type, press } = await shown(Reset, { token: 'abc' });
    const to = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    type('password', 'new password');
    type('passwordAgain', 'new password');
    await press('Сменить пароль');
    const asked = api.expectOne(ResetPasswordDocument);
    expect(asked.operation.variables['input']).toEqual({
      token: 'abc',
      password: 'new password',
      passwordAgain: 'new password',
    });
    asked.flushData({ resetPassword: DONE });
    await settled();
    expect(to).toHaveBeenCalledWith(['/sign-in'], { queryParams: { done: 'reset' } });
  });

  it('says at the field what is wrong with it, and offers a new link for one that is over', async () => {
    const { api, page, press } = await shown(Reset, { token: 'abc' });
    await press('Сменить пароль');
    api.expectOne(ResetPasswordDocument).flushData({ resetPassword: no('PASSWORD_LENGTH', ['password']) });
    await settled();
    expect(find(page, '#field-password').getAttribute('aria-invalid')).toBe('true');
    await press('Сменить пароль');
    api.expectOne(ResetPasswordDocument).flushData({ resetPassword: no('RECOVERY_LINK_EXPIRED', []) });
    await settled();
    expect(page.querySelector('form')).toBeNull();
    expect(textOf(page)).toContain('Получить новую ссылку');
  });
});
