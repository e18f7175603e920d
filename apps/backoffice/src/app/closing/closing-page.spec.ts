import { TestBed } from '@angular/core/testing';
import {
  type ClosingState,
  ChecklistDocument,
  ClosingProgressDocument,
  ClosingReviewDocument,
  CommitClosingDocument,
  DiscardClosingDocument,
  LeaveHousesOutDocument,
  PeriodsDocument,
  type PeriodsQuery,
  RecomputeClosingDocument,
  StartClosingDocument,
  type WholeClosingFragment,
} from '../../generated/graphql';
import { aClosing, backofficeProviders, button, find, settled, signedIn, textOf } from '../../testing';
import { ClosingPage } from './closing-page';

const periods = (closing: ClosingState | undefined): PeriodsQuery => ({
  __typename: 'Query',
  periods: [
    {
      __typename: 'Period',
      id: '3',
      month: '2026-10',
      state: closing === 'COMMITTED' ? 'CLOSED' : closing ? 'CLOSING' : 'OPEN',
      closedAt: closing === 'COMMITTED' ? '2026-11-20T09:00:00Z' : null,
      charged: null,
      accounts: null,
      reopenings: [],
      closing: closing ? { __typename: 'Closing', id: '55', state: closing } : null,
    },
  ],
});

const refused = (code: 'CLOSING_CHANGED' | 'EARLIER_PERIOD_OPEN', params: Record<string, string> = {}) => ({
  __typename: 'Refused' as const,
  refusals: [
    {
      __typename: 'Refusal' as const,
      code,
      path: [],
      params: Object.entries(params).map(([name, value]) => ({
        __typename: 'RefusalParam' as const,
        name,
        value,
      })),
    },
  ],
});

async function opened(closing: WholeClosingFragment | undefined) {
  TestBed.configureTestingModule({ providers: backofficeProviders() });
  const api = await signedIn();
  const fixture = TestBed.createComponent(ClosingPage);
  fixture.componentRef.setInput('month', '2026-10');
  const page: HTMLElement = fixture.nativeElement;
  const answerState = async (now: WholeClosingFragment | undefined) => {
    await settled();
    api.expectOne(PeriodsDocument).flushData(periods(now?.state));
    await settled();
    for (const review of api.match(ClosingReviewDocument)) {
      if (now) review.flushData({ __typename: 'Query', closing: now });
    }
    await settled();
  };
  await answerState(closing);
  return { api, page, answerState };
}

function type(page: HTMLElement, text: string): void {
  const box = find<HTMLInputElement>(page, '#field-month');
  box.value = text;
  box.dispatchEvent(new Event('input'));
}

const commitButton = (page: HTMLElement) => button(page, 'Закрыть на');

describe('ClosingPage', () => {
  it('shows what is missing and why the computation cannot start', async () => {
    const { api, page } = await opened(undefined);
    api.expectOne(ChecklistDocument).flushData({
      __typename: 'Query',
      closingChecklist: {
        __typename: 'ClosingChecklist',
        month: '2026-10',
        mayStart: false,
        refusals: refused('EARLIER_PERIOD_OPEN', { month: '2026-09' }).refusals,
        houses: 2,
        accounts: 180,
        registers: 400,
        readings: 397,
        missingTariffs: ['Холодная вода'],
        housesWithoutReading: [],
        findings: [
          {
            __typename: 'Finding',
            code: 'ACCOUNT_WITHOUT_AREA',
            total: 1,
            items: [
              {
                __typename: 'FindingItem',
                houseId: '1',
                accountId: '7',
                number: '0401000007',
                address: 'Садовая, 12, кв. 7',
                params: [{ __typename: 'RefusalParam', name: 'service', value: 'Отопление' }],
              },
            ],
          },
        ],
      },
    });
    await settled();
    expect(textOf(page)).toContain('Сначала закройте сентябрь 2026');
    expect(textOf(page)).toContain('Нет тарифа на 1 услугу');
    expect(textOf(page)).toContain('Нет показаний по 3 счётчикам');
    const finding = find<HTMLElement>(page, 'kv-finding-list a');
    expect(textOf(finding)).toContain('Садовая, 12, кв. 7');
    expect(finding.getAttribute('href')).toBe('/accounts/7');
    expect(textOf(page)).toContain('У помещения нет площади');
    const start = button(page, 'Начать пробный расчёт');
    expect(start.getAttribute('aria-disabled')).toBe('true');
    start.click();
    await settled();
    api.expectNone(StartClosingDocument);
  });

  it('reviews: anomalies with the way to them, totals, and no commit before the month is typed', async () => {
    const { api, page } = await opened(aClosing());
    expect(textOf(page)).toContain('Начисление выросло втрое');
    expect(textOf(page)).toContain('47 случаев');
    expect(find(page, '.anom a').getAttribute('href')).toBe('/periods/2026-10/55/anomalies/TRIPLED_CHARGE');
    const total = [...page.querySelectorAll<HTMLElement>('tfoot th, tfoot td')].map(textOf);
    expect(total).toEqual(['Всего', '300,00', '326,00', '+26,00', '+8,7 %', '']);
    const commit = commitButton(page);
    expect(textOf(commit)).toBe('Закрыть на 97 446,17 ₽');
    expect(commit.getAttribute('aria-disabled')).toBe('true');
    commit.click();
    await settled();
    api.expectNone(CommitClosingDocument);
  });

  it('commits exactly the figures that were on the screen', async () => {
    const { api, page, answerState } = await opened(aClosing());
    type(page, 'Октябрь 2026');
    await settled();
    commitButton(page).click();
    await settled();
    const commit = api.expectOne(CommitClosingDocument);
    expect(commit.operation.variables).toEqual({
      organizationId: '1',
      id: '55',
      digest: '7c1f00112233445566778899aabb9ae2',
    });
    commit.flushData({ commitClosing: { __typename: 'Closing', id: '55', state: 'COMMITTED' } });
    await answerState(aClosing({ state: 'COMMITTED' }));
    expect(textOf(page)).toContain('Закрыт октябрь 2026.');
    expect(page.querySelector('kv-closing-review')).toBeNull();
  });

  it('says that data changed, shows the new total and asks for the month again', async () => {
    const { api, page, answerState } = await opened(aClosing());
    type(page, 'октябрь 2026');
    await settled();
    commitButton(page).click();
    await settled();
    api.expectOne(CommitClosingDocument).flushData({ commitClosing: refused('CLOSING_CHANGED') });
    await answerState(aClosing({ digest: 'bbbb', charged: '98000.00' }));
    const alert = textOf(find(page, '[role=alert]'));
    expect(alert).toContain('Дома с изменениями уже пересчитаны.');
    expect(alert).toContain('Начисление было 97 446,17 ₽, стало 98 000,00 ₽');
    expect(textOf(commitButton(page))).toBe('Закрыть на 98 000,00 ₽');
    expect(commitButton(page).getAttribute('aria-disabled')).toBe('true');
  });

  it('says that the changed houses are being computed again', async () => {
    const { api, page, answerState } = await opened(aClosing());
    type(page, 'октябрь 2026');
    await settled();
    commitButton(page).click();
    await settled();
    api.expectOne(CommitClosingDocument).flushData({ commitClosing: refused('CLOSING_CHANGED') });
    await answerState(aClosing({ state: 'COMPUTING', done: 1, digest: null }));
    expect(textOf(find(page, '[role=alert]'))).toContain('Дома с изменениями уже пересчитываются');
    expect(page.querySelector('kv-closing-progress')).not.toBeNull();
    expect(api.match(ClosingProgressDocument)).toHaveLength(1);
  });

  it('repeats the refusal in words when it has nothing to add', async () => {
    const { api, page, answerState } = await opened(aClosing());
    type(page, 'октябрь 2026');
    await settled();
    commitButton(page).click();
    await settled();
    api
      .expectOne(CommitClosingDocument)
      .flushData({ commitClosing: refused('CLOSING_CHANGED', { houses: '5' }) });
    await answerState(aClosing());
    expect(textOf(find(page, '[role=alert]'))).toMatch(/изменились.*5.*проверьте итоги снова/);
  });

  it('offers to compute only the changed houses, and blocks the commit until then', async () => {
    const { api, page } = await opened(aClosing({ dirtyHouses: 3 }));
    type(page, 'октябрь 2026');
    await settled();
    expect(textOf(page)).toContain('После расчёта изменились данные в 3 домах');
    expect(commitButton(page).getAttribute('aria-disabled')).toBe('true');
    expect(textOf(page)).toContain('Сначала пересчитайте дома');
    button(page, 'Пересчитать 3 дома').click();
    await settled();
    expect(api.expectOne(RecomputeClosingDocument).operation.variables).toEqual({
      organizationId: '1',
      id: '55',
    });
  });

  it('shows why it stopped and goes on from there', async () => {
    const failed = aClosing({
      state: 'FAILED',
      digest: null,
      done: 1,
      failed: 1,
      failure: 'HOUSES_FAILED 1: NO_TARIFF: Отопление',
      facade: [
        {
          __typename: 'HouseCell',
          houseId: '1',
          address: 'Садовая, 12/1',
          state: 'DONE',
          failure: null,
          isLeftOut: false,
        },
        {
          __typename: 'HouseCell',
          houseId: '2',
          address: 'Ткацкая, 4',
          state: 'FAILED',
          failure: 'NO_TARIFF: Отопление',
          isLeftOut: false,
        },
      ],
    });
    const { api, page } = await opened(failed);
    expect(textOf(find(page, '[role=alert]'))).toBe('1 дом с ошибкой');
    expect(textOf(page)).toContain('Ткацкая, 4 — Нет тарифа: Отопление');
    button(page, 'Продолжить с места').click();
    await settled();
    api.expectOne(RecomputeClosingDocument);
  });

  it('does not offer to go on where the totals themselves disagree', async () => {
    const { page } = await opened(aClosing({ state: 'FAILED', digest: null, failure: 'LINES_DISAGREE' }));
    expect(textOf(page)).toContain('Строки начислений не сходятся с итогами домов');
    expect(textOf(page)).toContain('Отменить расчёт');
    expect(textOf(page)).not.toContain('Продолжить с места');
  });

  it('goes back to the checklist when the computation is discarded', async () => {
    const { api, page, answerState } = await opened(aClosing());
    button(page, 'Отменить расчёт').click();
    await settled();
    find<HTMLButtonElement>(page, 'dialog .danger').click();
    await settled();
    api
      .expectOne(DiscardClosingDocument)
      .flushData({ discardClosing: { __typename: 'Closing', id: '55', state: 'DISCARDED' } });
    await answerState(undefined);
    expect(page.querySelector('kv-closing-checklist')).not.toBeNull();
  });

  it('keeps the page and says so when the API does not answer', async () => {
    const { api, page } = await opened(aClosing());
    type(page, 'октябрь 2026');
    await settled();
    commitButton(page).click();
    await settled();
    api.expectOne(CommitClosingDocument).networkError(new Error('offline'));
    await settled();
    expect(textOf(find(page, 'kv-failure'))).toContain('Не получилось по нашей вине');
    expect(find<HTMLInputElement>(page, '#field-month').value).toBe('октябрь 2026');
    expect(commitButton(page).getAttribute('aria-disabled')).toBeNull();
  });

  it('closes the month without a house only with a reason', async () => {
    const facade = aClosing().facade.map((cell, place) =>
      place === 0 ? { ...cell, state: 'FAILED' as const, failure: 'NO_AREA: 0401000007' } : cell,
    );
    const { api, page } = await opened(
      aClosing({ state: 'FAILED', failed: 1, done: 1, digest: null, failure: 'HOUSES_FAILED 1: …', facade }),
    );
    expect(textOf(page)).toContain('Не указана площадь, лицевые счета: 0401000007');
    button(page, 'Продолжить без 1 дома').click();
    await settled();
    expect(textOf(page)).toContain('Напишите причину');
    api.expectNone(LeaveHousesOutDocument);
    const box = find<HTMLTextAreaElement>(page, '#field-without');
    box.value = 'Площадь уточнит БТИ';
    box.dispatchEvent(new Event('input'));
    button(page, 'Продолжить без 1 дома').click();
    await settled();
    expect(api.expectOne(LeaveHousesOutDocument).operation.variables).toEqual({
      organizationId: '1',
      id: '55',
      leftOut: { houseIds: ['1'], reason: 'Площадь уточнит БТИ' },
    });
  });

  it('does not commit while somebody has to decide on a charge', async () => {
    const [tripled] = aClosing().anomalyCounts;
    const { page } = await opened(aClosing({ anomalyCounts: tripled ? [{ ...tripled, undecided: 2 }] : [] }));
    type(page, 'октябрь 2026');
    await settled();
    expect(commitButton(page).getAttribute('aria-disabled')).toBe('true');
    expect(textOf(page)).toContain('Решите, что делать с 2 начислениями.');
  });
});
