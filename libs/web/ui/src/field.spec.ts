import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Field, FieldInput } from './field';

@Component({
  imports: [Field, FieldInput],
  template: `<kv-field
    name="phone"
    label="Телефон"
    hint="С кодом города"
    [error]="error()"
    [warning]="warning()"
  >
    <input kvInput />
  </kv-field>`,
})
class Page {
  readonly error = signal('');
  readonly warning = signal('');
}

describe('Field', () => {
  it('joins label, hint and error to the control', () => {
    const fixture = TestBed.createComponent(Page);
    const page: HTMLElement = fixture.nativeElement;
    TestBed.tick();
    const input = page.querySelector('input');
    expect(page.querySelector('label')?.getAttribute('for')).toBe('field-phone');
    expect(input?.id).toBe('field-phone');
    expect(input?.getAttribute('aria-describedby')).toBe('field-phone-hint');
    expect(input?.getAttribute('aria-invalid')).toBeNull();

    fixture.componentInstance.warning.set('Похоже на факс');
    TestBed.tick();
    expect(input?.getAttribute('aria-describedby')).toBe('field-phone-hint field-phone-warning');

    fixture.componentInstance.error.set('Не хватает двух цифр');
    TestBed.tick();
    expect(input?.getAttribute('aria-describedby')).toBe('field-phone-hint field-phone-error');
    expect(input?.getAttribute('aria-invalid')).toBe('true');
    expect(page.querySelector('#field-phone-error')?.textContent).toContain('Не хватает двух цифр');
    expect(page.querySelector('#field-phone-warning')).toBeNull();
  });
});
