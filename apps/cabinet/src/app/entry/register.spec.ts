import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { cabinet, FakeApi } from '../testing';
import { Start } from '../start';
import { Register } from './register';

const REFUSED = {
  register: {
    __typename: 'Refused',
    refusals: [{ __typename: 'Refusal', code: 'CAPTCHA_WRONG', path: ['captcha'], params: [] }],
  },
};
const STARTED = {
  register: { __typename: 'RegistrationStarted', email: 'a@b.example', expiresAt: '2026-11-22T09:00:00Z' },
};
const portal = {
  locale: 'ru',
  organizations: [],
  captchaOnRegistration: false,
  loginRule: { maxLength: 30, hint: '' },
  passwordRule: { minLength: 8, maxLength: 64 },
};

const settled = async () => {
  for (let round = 0; round < 5; round += 1) {
    await new Promise((done) => setTimeout(done));
    TestBed.tick();
  }
};

describe('Register', () => {
  it('shows the captcha as soon as the API asks for one, and sends its answer', async () => {
    let answers = [REFUSED, STARTED];
    const api = new FakeApi({
      Start: () => ({ portal, viewer: { signedIn: false } }),
      LegalTexts: () => ({ portal: { agreement: {}, consent: {} } }),
      NewCaptcha: ({ inWords }: { inWords: boolean }) => ({
        newCaptcha: inWords
          ? { id: '2', svg: null, question: 'Сколько будет два плюс два минус один? Ответьте числом.' }
          : { id: '1', svg: '<svg/>', question: null },
      }),
      Register: () => {
        const [answer, ...rest] = answers;
        answers = rest;
        return answer;
      },
    });
    await cabinet(api, [provideRouter([])]);
    await TestBed.inject(Start).ask();
    jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const fixture = TestBed.createComponent(Register);
    const page: HTMLElement = fixture.nativeElement;
    await settled();
    expect(page.querySelector('kv-captcha-box')).toBeNull();
    const box = (name: string): HTMLInputElement => {
      const found = page.querySelector<HTMLInputElement>(`#field-${name}`);
      if (!found) throw new Error(`There is no field ${name}`);
      return found;
    };
    const type = (name: string, text: string) => {
      box(name).value = text;
      box(name).dispatchEvent(new Event('input'));
    };
    type('email', 'a@b.example');
    type('login', 'anna');
    type('password', 'long enough');
    type('passwordAgain', 'long enough');
    for (const tick of ['agreement', 'consent']) box(tick).click();
    const send = async () => {
      page.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
      await settled();
    };
    await send();
    expect(page.querySelector('kv-captcha-box img')).not.toBeNull();
    const inWords = [...page.querySelectorAll('button')].find(({ textContent }) =>
      textContent?.includes('Не вижу картинку'),
    );
    inWords?.click();
    await settled();
    expect(page.querySelector('kv-captcha-box img')).toBeNull();
    expect(page.querySelector('label[for="field-captcha"]')?.textContent).toContain(
      'Сколько будет два плюс два',
    );
    type('captcha', '3');
    await send();
    expect(api.last('Register')).toMatchObject({ input: { captcha: { id: '2', text: '3' } } });
  });
});
