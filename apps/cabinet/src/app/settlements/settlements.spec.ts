import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Accounts } from '../accounts/accounts';
import { cabinet, FakeApi } from '../testing';
import { BreakdownPage } from './breakdown-page';
import { ReconciliationPage } from './reconciliation-page';

const KEY = { organizationId: '1', accountId: '23' };
const chosen = signal({ organization: { currency: 'KZT' } });
const accounts = { provide: Accounts, useValue: { key: signal(KEY), chosen } };
const row = (more: object) => ({
  accountId: '23',
  number: '00009177',
  recipient: 'ТОО «Родник», Абая, 2',
  tariffGroup: 3,
  service: 'Водоснабжение',
  unit: 'м³',
  quantity: '10.5',
  price: '197.02',
  vatPercent: '12',
  vat: '221.65',
  charged: '2068.71',
  ...more,
});
const breakdown = (rows: object[]) => ({
  me: {
    account: {
      id: '23',
      months: ['2026-10', '2026-09'],
      breakdown: {
        month: '2026-10',
        payer: 'ТОО «Родник»',
        taxId: '971240001315',
        rows,
        vat: '221.65',
        charged: '2478.71',
        pdf: '/files/breakdowns/1/23/2026-10.pdf',
        xlsx: '/files/breakdowns/1/23/2026-10.xlsx',
      },
    },
  },
});

async function shown<T>(component: new () => T, api: FakeApi, inputs: Record<string, string> = {}) {
  await cabinet(api, [accounts]);
  const fixture = TestBed.createComponent(component);
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  const page: HTMLElement = fixture.nativeElement;
  const text = (page.textContent ?? '').replace(/\s+/g, ' ');
  const links = [...page.querySelectorAll('a')].map((link) => link.getAttribute('href'));
  return { page, text, links };
}

describe('BreakdownPage', () => {
  it('asks for the newest closed month, and shows each line with its tax and the total', async () => {
    const rows = [
      row({}),
      row({ service: 'Водоотведение', vatPercent: null, vat: '0.00', charged: '410.00' }),
    ];
    const api = new FakeApi({ Breakdown: () => breakdown(rows) });
    const { text, links } = await shown(BreakdownPage, api);
    expect(api.last('Breakdown')).toEqual({ ...KEY, month: undefined });
    expect(text).toContain('ТОО «Родник»');
    expect(text).toContain('00009177');
    expect(text).toContain('10,5 м³');
    expect(text).toContain('12 %');
    expect(text).toContain('без НДС');
    expect(text).toContain('2 478,71 ₸');
    expect(links).toEqual(['/files/breakdowns/1/23/2026-10.pdf', '/files/breakdowns/1/23/2026-10.xlsx']);
  });

  it('asks for the month of the address, and says so where there is nothing of it', async () => {
    const api = new FakeApi({ Breakdown: () => breakdown([]) });
    const { page, text, links } = await shown(BreakdownPage, api, { p: '2026-11' });
    expect(api.last('Breakdown')).toEqual({ ...KEY, month: '2026-11' });
    expect(text).toContain('За этот месяц данных нет');
    expect(page.querySelector('table')).toBeNull();
    expect(links).toEqual([]);
  });
});

describe('ReconciliationPage', () => {
  const month = { month: '2026-10', opening: '0.00', debit: '500.00', credit: '700.00', closing: '-200.00' };
  const api = () =>
    new FakeApi({
      Reconciliation: ({ from, to }: { from: string; to: string }) => ({
        me: {
          account: {
            id: '23',
            reconciliation: { ...month, from, to, months: [month], pdf: '/a.pdf', xlsx: '/a.xlsx' },
          },
        },
      }),
    });

  it('asks for the days since the year began, and shows what they come to month by month', async () => {
    const server = api();
    const { text, links } = await shown(ReconciliationPage, server);
    expect(server.last('Reconciliation')).toEqual({ ...KEY, from: '2026-01-01', to: '2026-11-20' });
    expect(text).toContain('Сальдо на 20.11.2026−200,00 ₸');
    expect(text).toContain('Минус означает переплату');
    expect(text).toContain('октябрь 20260,00500,00700,00−200,00');
    expect(links).toEqual(['/a.pdf', '/a.xlsx', '/requests/new']);
  });

  it('asks for the days of the address, and for none that are no days', async () => {
    const server = api();
    await shown(ReconciliationPage, server, { from: '2025-02-01', to: 'yesterday' });
    expect(server.last('Reconciliation')).toEqual({ ...KEY, from: '2025-02-01', to: '2026-11-20' });
  });
});
