import { TestBed } from '@angular/core/testing';
import { cabinet, FakeApi } from '../testing';
import { PayPage } from './pay-page';

const OLDER = { month: null, amount: '300.00' };
const OCTOBER = { month: '2026-10', amount: '1588.50' };

describe('PayPage', () => {
  let api: FakeApi;

  const UNAVAILABLE = { code: 'PAYMENT_UNAVAILABLE', path: [], params: [] };

  const open = async (owedMonths: object[], refusal: object = UNAVAILABLE) => {
    const account = {
      organizationId: '1',
      id: '7',
      organization: { currency: 'RUB' },
      address: {},
      number: '1',
    };
    const toPay = { id: '7', toPay: '1888.50', balance: '1888.50', owedMonths };
    api = new FakeApi({
      MyAccounts: () => ({ me: { id: '1', accounts: [account] } }),
      ToPay: () => ({ me: { id: '1', email: 'maria@town.example', account: toPay } }),
      StartPayment: () => ({ startPayment: { __typename: 'Refused', refusals: [refusal] } }),
    });
    await cabinet(api);
    const fixture = TestBed.createComponent(PayPage);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    const select = () => element.querySelector<HTMLSelectElement>('#field-forMonth');
    const choose = async (value: string) => {
      const found = select();
      if (!found) throw new Error('There is no choice of a month');
      found.value = value;
      found.dispatchEvent(new Event('input'));
      found.dispatchEvent(new Event('change'));
      await fixture.whenStable();
    };
    const send = async () => {
      element.querySelector('form')?.dispatchEvent(new Event('submit'));
      await fixture.whenStable();
    };
    return { element, select, choose, send };
  };
  const key = (input: unknown) =>
    input && typeof input === 'object' && 'idempotencyKey' in input ? input.idempotencyKey : undefined;
  const sent = () => {
    const variables = api.last('StartPayment');
    return variables && typeof variables === 'object' && 'input' in variables ? variables.input : undefined;
  };

  beforeEach(() => localStorage.clear());

  it('asks for which month where several are owed, and names the one that is chosen', async () => {
    const { select, choose, send } = await open([OLDER, OCTOBER]);
    const options = [...(select()?.options ?? [])].map(({ value, text }) => [
      value,
      text.replace(/\s+/g, ' '),
    ]);
    expect(options).toEqual([
      ['', 'Сначала самые старые долги'],
      ['2026-10', 'октябрь 2026 — 1 588,50 ₽'],
    ]);
    await send();
    expect(sent()).toMatchObject({ accountId: '7', amount: '1888.50', forMonth: null });
    const first = key(sent());
    await choose('2026-10');
    await send();
    expect(sent()).toMatchObject({ amount: '1888.50', forMonth: '2026-10' });
    expect(key(sent())).not.toBe(first);
    await choose('');
    await send();
    expect(key(sent())).toBe(first);
  });

  it.each([[[]], [[OCTOBER]], [[OLDER]]])(
    'asks nothing where there is nothing to choose (%#)',
    async (owed) => {
      const { select, send } = await open(owed);
      expect(select()).toBeNull();
      await send();
      expect(sent()).toMatchObject({ forMonth: null });
    },
  );

  it('marks the choice of a month where that month is refused, and the summary leads to it', async () => {
    const params = [
      { name: 'from', value: '2026-11' },
      { name: 'to', value: '2026-12' },
    ];
    const refusal = { code: 'MONTH_OUT_OF_RANGE', path: ['forMonth'], params };
    const { element, select, choose, send } = await open([OLDER, OCTOBER], refusal);
    await choose('2026-10');
    expect(select()?.getAttribute('aria-invalid')).not.toBe('true');
    await send();
    expect(select()?.getAttribute('aria-invalid')).toBe('true');
    expect(element.querySelector('kv-error-summary a')?.getAttribute('href')).toContain('#field-forMonth');
    await choose('');
    expect(select()?.getAttribute('aria-invalid')).not.toBe('true');
  });
});
