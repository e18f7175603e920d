import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { form, FormField } from '@angular/forms/signals';
import { ApiFailure, type RefusalData } from '@kvartal/api-client';
import { ErrorSummary, Field, FieldInput } from '@kvartal/ui';
import { needed } from '../entry/entry-rules';
import { cabinet, FakeApi } from '../testing';
import { Sending } from './sending';

let answer: () => Promise<readonly RefusalData[] | undefined>;

@Component({
  imports: [FormField, ErrorSummary, Field, FieldInput],
  template: `@if (sending.problems().length) {
      <kv-error-summary [heading]="sending.heading()" [errors]="sending.problems()" />
    }
    <kv-field name="login" label="Логин" [error]="sending.errorOf(form.login)">
      <input kvInput [formField]="form.login" />
    </kv-field>
    <kv-field name="email" label="E-mail" [error]="sending.errorOf(form.email)">
      <input kvInput [formField]="form.email" />
    </kv-field>`,
})
class Page {
  readonly form = form(signal({ login: '', email: '' }), (path) => needed(path.login, () => 'Введите логин'));
  readonly sending = new Sending(this.form, () => answer());
}

describe('Sending', () => {
  const open = async () => {
    await cabinet(new FakeApi({}));
    const fixture = TestBed.createComponent(Page);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    const input = (name: string) => {
      const found = element.querySelector<HTMLInputElement>(`#field-${name}`);
      if (!found) throw new Error(`No field ${name}`);
      return found;
    };
    const type = async (name: string, text: string) => {
      input(name).value = text;
      input(name).dispatchEvent(new Event('input'));
      await fixture.whenStable();
    };
    const send = async () => {
      const done = await fixture.componentInstance.sending.send();
      await fixture.whenStable();
      return done;
    };
    return { fixture, element, input, type, send };
  };

  it('says nothing of a field that was neither left nor sent', async () => {
    const { element } = await open();
    expect(element.querySelector('.err')).toBeNull();
  });

  it('does not ask the API while a field is wrong, and leads to that field', async () => {
    answer = async () => {
      throw new Error('asked');
    };
    const { element, input, send } = await open();
    expect(await send()).toBe(false);
    expect(element.querySelector('.esum h2')?.textContent).toBe('Не удалось отправить: исправьте 1 поле');
    expect(element.querySelector('.esum a')?.textContent).toBe('Введите логин');
    expect(input('login').getAttribute('aria-invalid')).toBe('true');
  });

  it('puts refusals at their fields and the rest above the form', async () => {
    answer = async () => [
      { code: 'REG_LOGIN_TAKEN', path: ['input', 'login'], params: [] },
      { code: 'EMAIL_FORM', path: ['input', 'email'], params: [] },
      { code: 'TOO_MANY_ATTEMPTS', path: [], params: [] },
    ];
    const { element, input, type, send } = await open();
    await type('login', 'maria');
    expect(await send()).toBe(false);
    const taken = 'Такой логин уже занят. Придумайте другой или войдите, если это вы.';
    expect(element.querySelector('#field-login-error')?.textContent).toContain(taken);
    expect(input('email').getAttribute('aria-invalid')).toBe('true');
    const lines = [...element.querySelectorAll('.esum li')].map((line) => line.textContent?.trim());
    expect(lines).toEqual([
      taken,
      expect.stringContaining('В адресе e-mail ошибка'),
      expect.stringContaining('Слишком много попыток'),
    ]);
  });

  it('takes the word back when the field is corrected, and keeps the summary until the next sending', async () => {
    answer = async () => [{ code: 'REG_LOGIN_TAKEN', path: ['login'], params: [] }];
    const { element, type, send } = await open();
    await type('login', 'maria');
    await send();
    await type('login', 'maria2');
    expect(element.querySelector('#field-login-error')).toBeNull();
    expect(element.querySelector('.esum')).not.toBeNull();
    answer = async () => undefined;
    expect(await send()).toBe(true);
    expect(element.querySelector('.esum')).toBeNull();
  });

  it('keeps the form when there is no answer', async () => {
    answer = async () => {
      throw new ApiFailure('offline');
    };
    const { fixture, input, type, send } = await open();
    await type('login', 'maria');
    expect(await send()).toBe(false);
    expect(fixture.componentInstance.sending.failure()?.kind).toBe('offline');
    expect(input('login').value).toBe('maria');
  });
});
