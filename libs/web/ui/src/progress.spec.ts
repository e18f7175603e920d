import { TestBed } from '@angular/core/testing';
import { Facade, type FacadeState } from './progress';

function shown(states: readonly FacadeState[], limit: number): string[] {
  const fixture = TestBed.createComponent(Facade);
  fixture.componentRef.setInput('label', 'Дома');
  fixture.componentRef.setInput('states', states);
  fixture.componentRef.setInput('limit', limit);
  TestBed.tick();
  const facade: HTMLElement = fixture.nativeElement;
  return [...facade.querySelectorAll('i')].map(({ className }) => className);
}

describe('Facade', () => {
  it('has a window for each house', () => {
    expect(shown(['done', 'now', 'failed', 'waiting'], 10)).toEqual(['ok', 'now', 'bad', '']);
  });

  it('puts several houses into a window, and shows the one that asks for most attention', () => {
    expect(shown(['done', 'done', 'done', 'waiting', 'failed', 'done', 'done'], 4)).toEqual([
      'ok',
      '',
      'bad',
      'ok',
    ]);
  });

  it('may be empty', () => {
    expect(shown([], 10)).toEqual([]);
  });
});
