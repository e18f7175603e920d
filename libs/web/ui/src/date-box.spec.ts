import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { DateBox } from './date-box';
import { Field } from './field';
import { typedDay } from './typed-day';

@Component({
  imports: [DateBox, Field],
  template: `<kv-field name="from" label="С какого дня">
    <kv-date-box [(value)]="from" max="2026-12-31" />
  </kv-field>`,
})
class Page {
  readonly from = signal('2026-11-20');
}

describe('a typed day', () => {
  it.each([
    ['01.12.2026', '2026-12-01'],
    [' 1.12.2026 ', '2026-12-01'],
    ['01122026', '2026-12-01'],
    ['31.11.2026', undefined],
    ['2026-12-01', undefined],
    ['', undefined],
  ])('%j', (text, day) => expect(typedDay(text)).toBe(day));
});

describe('DateBox', () => {
  const setUp = () => {
    const fixture = TestBed.createComponent(Page);
    TestBed.tick();
    const page: HTMLElement = fixture.nativeElement;
    const box = page.querySelector<HTMLInputElement>('#field-from');
    if (!box) throw new Error('There is no box');
    const type = (text: string) => {
      box.value = text;
      box.dispatchEvent(new Event('input'));
      TestBed.tick();
    };
    const leave = () => {
      box.dispatchEvent(new Event('blur'));
      TestBed.tick();
    };
    const wrong = () => page.querySelector('#field-from-error')?.textContent;
    return { fixture, page, box, type, leave, wrong };
  };

  it('shows a day as people write it and gives it as the API wants it', () => {
    const { fixture, box, type, leave } = setUp();
    expect(box.value).toBe('20.11.2026');
    type('1.12.2026');
    expect(box.value).toBe('1.12.2026');
    expect(fixture.componentInstance.from()).toBe('2026-12-01');
    leave();
    expect(box.value).toBe('01.12.2026');
    fixture.componentInstance.from.set('');
    TestBed.tick();
    expect(box.value).toBe('');
  });

  it('says what is no day once it is left, and no longer when it is one', () => {
    const { fixture, box, type, leave, wrong } = setUp();
    type('31.11.2026');
    expect(wrong()).toBeUndefined();
    leave();
    expect(wrong()).toContain('01.12.2026');
    expect(box.getAttribute('aria-invalid')).toBe('true');
    expect(fixture.componentInstance.from()).toBe('31.11.2026');
    type('30.11.2026');
    expect(wrong()).toBeUndefined();
  });

  it('says that a day is too late', () => {
    const { type, leave, wrong } = setUp();
    type('01.01.2027');
    leave();
    expect(wrong()).toContain('31.12.2026');
  });

  it('takes what the calendar gave', () => {
    const { fixture, page, box } = setUp();
    const native = page.querySelector<HTMLInputElement>('input[type=date]');
    if (!native) throw new Error('There is no calendar');
    native.value = '2026-10-05';
    native.dispatchEvent(new Event('change'));
    TestBed.tick();
    expect([box.value, fixture.componentInstance.from()]).toEqual(['05.10.2026', '2026-10-05']);
  });
});
