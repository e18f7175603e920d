import { TestBed } from '@angular/core/testing';
import { Money } from './money';

function shown(inputs: Record<string, unknown>): HTMLElement {
  const fixture = TestBed.createComponent(Money);
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  TestBed.tick();
  return fixture.nativeElement;
}

describe('Money', () => {
  it.each([
    [{ value: '1537.15', currency: 'RUB' }, '1\u00a0537,15\u00a0₽'],
    [{ value: '-792.36' }, '\u2212792,36'],
    [{ value: '97446905.17', currency: 'KZT' }, '97\u00a0446\u00a0905,17\u00a0₸'],
    [{ value: '26.00', signed: true }, '+26,00'],
    [{ value: '0.00', signed: true }, '0,00'],
  ])('writes %p', (inputs, text) => {
    expect(shown(inputs).textContent).toBe(text);
  });

  it('colours only what is late or over, and never a zero', () => {
    expect(shown({ value: '10.00', tone: 'late' }).className).toContain('bad');
    expect(shown({ value: '0.00', tone: 'late' }).className).not.toContain('bad');
    expect(shown({ value: '0.00' }).className).toContain('zero');
    expect(shown({ value: '10.00' }).className).toBe('num');
  });
});
