import { TestBed } from '@angular/core/testing';
import { PeriodPicker } from './period-picker';

function shown(value: string) {
  const fixture = TestBed.createComponent(PeriodPicker);
  fixture.componentRef.setInput('months', ['2026-08', '2025-12', '2026-07']);
  fixture.componentRef.setInput('value', value);
  fixture.componentRef.setInput('nextReason', 'Сентябрь ещё не закрыт');
  const chosen = jest.fn();
  fixture.componentInstance.chosen.subscribe(chosen);
  TestBed.tick();
  const page: HTMLElement = fixture.nativeElement;
  return { page, chosen, buttons: () => [...page.querySelectorAll('button')] };
}

describe('PeriodPicker', () => {
  it('steps to the neighbours that exist', () => {
    const { buttons, chosen } = shown('2026-07');
    expect(buttons().map((one) => one.getAttribute('aria-label') ?? one.textContent.trim())).toEqual([
      'декабрь\u00a02025',
      'июль\u00a02026',
      'август\u00a02026',
    ]);
    buttons()[0]?.click();
    buttons()[2]?.click();
    expect(chosen.mock.calls).toEqual([['2025-12'], ['2026-08']]);
  });

  it('says why there is no next month, and does not go there', () => {
    const { buttons, chosen } = shown('2026-08');
    const next = buttons()[2];
    expect(next?.getAttribute('aria-label')).toBe('Сентябрь ещё не закрыт');
    expect(next?.getAttribute('aria-disabled')).toBe('true');
    next?.click();
    expect(chosen).not.toHaveBeenCalled();
  });

  it('goes by the arrow keys', () => {
    const { page, chosen } = shown('2026-08');
    page.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }));
    expect(chosen).toHaveBeenCalledWith('2026-07');
  });

  it('lists years and months, the newest year first', () => {
    const { page, buttons, chosen } = shown('2026-08');
    buttons()[1]?.click();
    TestBed.tick();
    expect([...page.querySelectorAll('h3')].map((one) => one.textContent)).toEqual(['2026', '2025']);
    expect(page.querySelector('[aria-current]')?.textContent.trim()).toBe('август');
    buttons()
      .find((one) => one.textContent.trim() === 'декабрь')
      ?.click();
    TestBed.tick();
    expect(chosen).toHaveBeenCalledWith('2025-12');
    expect(page.querySelector('.months')).toBeNull();
  });
});
