import { TestBed } from '@angular/core/testing';
import { ClosingProgressDocument, type ClosingProgressQuery } from '../../generated/graphql';
import { aClosing, backofficeProviders, button, find, settled, signedIn, textOf } from '../../testing';
import { ClosingProgress } from './closing-progress';

const computing = aClosing({ state: 'COMPUTING', done: 0, houses: 312, accounts: 48216, digest: null });

const answer = (over: Partial<ClosingProgressQuery['closing']>): ClosingProgressQuery => ({
  __typename: 'Query',
  closing: {
    __typename: 'Closing',
    id: '55',
    state: 'COMPUTING',
    houses: 312,
    done: 81,
    failed: 0,
    accounts: 48216,
    facade: Array.from({ length: 312 }, (_, at) => ({
      __typename: 'HouseCell' as const,
      state: at < 81 ? ('DONE' as const) : ('WAITING' as const),
    })),
    ...over,
  },
});

async function shown() {
  TestBed.configureTestingModule({ providers: backofficeProviders() });
  const api = await signedIn();
  const fixture = TestBed.createComponent(ClosingProgress);
  const ended = jest.fn();
  const discarded = jest.fn();
  fixture.componentRef.setInput('closing', computing);
  fixture.componentInstance.finished.subscribe(ended);
  fixture.componentInstance.discard.subscribe(discarded);
  await settled();
  const page: HTMLElement = fixture.nativeElement;
  return { api, page, ended, discarded };
}

describe('ClosingProgress', () => {
  it('shows the real counts, the bar and a window for each part of the houses', async () => {
    const { api, page, ended } = await shown();
    api.expectOne(ClosingProgressDocument).flushData(answer({}));
    await settled();
    expect(textOf(page)).toContain('Домов: 81 из 312, счетов: 48 216');
    expect(textOf(page)).toContain('Страницу можно закрыть');
    const bar = find(page, '[role=progressbar]');
    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual(['81', '312']);
    expect(find(page, '.facade').getAttribute('aria-label')).toBe('Посчитано домов: 81 из 312');
    expect(page.querySelectorAll('.facade i')).toHaveLength(156);
    expect(page.querySelectorAll('.facade i.ok')).toHaveLength(40);
    expect(ended).not.toHaveBeenCalled();
  });

  it('names the houses with an error while the others go on', async () => {
    const { api, page } = await shown();
    api.expectOne(ClosingProgressDocument).flushData(answer({ failed: 2 }));
    await settled();
    expect(textOf(page)).toContain('2 дома с ошибкой');
  });

  it('says when the API computes no longer', async () => {
    const { api, ended } = await shown();
    api.expectOne(ClosingProgressDocument).flushData(answer({ state: 'READY', done: 312 }));
    await settled();
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('keeps the last counts and asks on when the connection is lost', async () => {
    const { api, page } = await shown();
    api.expectOne(ClosingProgressDocument).networkError(new Error('offline'));
    await settled();
    expect(textOf(page)).toContain('Домов: 0 из 312');
    button(page, 'Попробовать снова').click();
    await settled();
    api.expectOne(ClosingProgressDocument).flushData(answer({}));
    await settled();
    expect(textOf(page)).toContain('Домов: 81 из 312');
    expect(page.querySelector('kv-failure')).toBeNull();
  });

  it('discards only after the consequence was confirmed', async () => {
    const { page, discarded } = await shown();
    button(page, 'Отменить расчёт').click();
    await settled();
    expect(discarded).not.toHaveBeenCalled();
    expect(textOf(find(page, 'dialog'))).toContain('месяц останется открытым');
    find<HTMLButtonElement>(page, 'dialog .danger').click();
    await settled();
    expect(discarded).toHaveBeenCalledTimes(1);
  });
});
