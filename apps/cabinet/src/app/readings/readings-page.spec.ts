import { TestBed } from '@angular/core/testing';
import type { ReadingInput, SubmitReadingsInput } from '../../generated/graphql';
import { cabinet, FakeApi } from '../testing';
import { ReadingsPage } from './readings-page';

const reading = (registerId: string, value: string, more: object = {}) => ({
  __typename: 'Reading',
  id: `p${registerId}`,
  registerId,
  month: '2026-10',
  takenOn: '2026-10-20',
  value,
  consumption: '3',
  source: 'SITE',
  state: 'ACCEPTED',
  settles: true,
  unusual: false,
  createdAt: '2026-10-20T10:00:00Z',
  deletable: false,
  resource: 'HOT_WATER',
  zone: 'SINGLE',
  serial: '18852076',
  ...more,
});

const meter = (id: string, more: object = {}, current: object | null = null) => ({
  __typename: 'Meter',
  id: `m${id}`,
  resource: 'HOT_WATER',
  serial: '18852076',
  place: 'ванная',
  works: true,
  removedOn: null,
  verifiedOn: null,
  verifyUntil: '2030-01-01',
  refusal: null,
  registers: [
    {
      __typename: 'Register',
      id,
      zone: 'SINGLE',
      digits: 5,
      decimals: 3,
      unit: 'м³',
      editable: true,
      usualFrom: '2',
      usualTo: '3',
      price: '100',
      costIncludes: ['Горячая вода'],
      previous: reading(id, '299'),
      current,
    },
  ],
  ...more,
});

const jump = { code: 'IMPLAUSIBLE_JUMP', path: [], params: [{ name: 'consumption', value: '2714' }] };

describe('ReadingsPage', () => {
  let api: FakeApi;
  let submitted: (input: SubmitReadingsInput) => object;

  const open = async (meters: object[], isOpen = true) => {
    const window = {
      month: '2026-11',
      from: '2026-11-10',
      to: '2026-11-25',
      isOpen,
      registers: meters.length,
      submitted: 0,
    };
    const account = {
      organizationId: '1',
      id: '7',
      organization: { currency: 'RUB' },
      address: {},
      number: '1',
      balance: '0.00',
    };
    api = new FakeApi({
      MyAccounts: () => ({ me: { id: '1', accounts: [account] } }),
      Home: () => ({ me: { home: { window, requests: [] } } }),
      Intake: () => ({ me: { account: { id: '7', intake: { window, meters } } } }),
      ChargePreview: ({ readings }: { readings: { registerId: string; value: string }[] }) => ({
        me: { account: { id: '7', chargePreview: previewOf(readings) } },
      }),
      SubmitReadings: ({ input }: { input: SubmitReadingsInput }) => ({ submitReadings: submitted(input) }),
    });
    await cabinet(api);
    const fixture = TestBed.createComponent(ReadingsPage);
    const settle = async () => {
      await jest.advanceTimersByTimeAsync(500);
      await fixture.whenStable();
    };
    await settle();
    const element: HTMLElement = fixture.nativeElement;
    const field = (id: string) => element.querySelector<HTMLInputElement>(`#field-reading-${id}`);
    const type = async (id: string, text: string) => {
      const input = field(id);
      if (!input) throw new Error(`No field of register ${id}`);
      input.value = text;
      input.dispatchEvent(new Event('input'));
      await settle();
    };
    const leave = async (id: string) => {
      field(id)?.dispatchEvent(new Event('blur'));
      await settle();
    };
    const press = async (name: string | RegExp) => {
      const all = [...element.querySelectorAll<HTMLElement>('button, a')];
      const found = all.find((one) =>
        new RegExp(name).test(one.textContent?.replace(/\s+/g, ' ').trim() ?? ''),
      );
      if (!found) throw new Error(`No button ${name}`);
      found.click();
      await settle();
    };
    const text = () => element.textContent?.replace(/\s+/g, ' ') ?? '';
    return { element, field, type, leave, press, text };
  };

  const previewOf = (readings: { registerId: string; value: string }[]) => ({
    total: '0.00',
    isEstimated: false,
    registers: readings.map(({ registerId, value }) => ({
      registerId,
      consumption: String(Number(value) - 299),
      cost: '230.00',
      refusals: [],
      warnings: Number(value) > 400 ? [jump] : [],
    })),
  });

  beforeAll(() => {
    HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
      this.open = true;
    };
    HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
      this.open = false;
    };
  });
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    localStorage.clear();
    submitted = () => ({ __typename: 'ReadingsSubmitted', readings: [] });
  });
  afterEach(() => jest.useRealTimers());

  it('counts while a person types, and calls nothing an error before the field is left', async () => {
    const { field, type, leave, text } = await open([meter('1')]);
    await type('1', '301,3');
    expect(text()).toContain('2,3 м³');
    expect(text()).toContain('230,00 ₽');
    await type('1', '12');
    expect(text()).not.toContain('Показание меньше прошлого');
    await leave('1');
    expect(text()).toContain('Показание меньше прошлого (12 < 299)');
    expect(field('1')?.getAttribute('aria-invalid')).toBe('true');
  });

  it('offers the lost comma, and takes it', async () => {
    const { field, type, press, text } = await open([meter('1')]);
    await type('1', '3013');
    expect(text()).toContain('Может быть, пропущена запятая: 301,3?');
    await press('Исправить на 301,3');
    expect(field('1')?.value).toBe('301,3');
    expect(text()).not.toContain('пропущена запятая');
  });

  it('sends a jump only after it was confirmed', async () => {
    const { type, press, text } = await open([meter('1')]);
    await type('1', '3013');
    await press('Отправить показания');
    expect(api.last('SubmitReadings')).toBeUndefined();
    expect(text()).toContain('Не отправлено: проверьте 1 показание');
    await press('Всё верно, 3013');
    await press('Отправить показания');
    expect(api.last('SubmitReadings')).toMatchObject({
      input: { readings: [{ registerId: '1', value: '3013', confirmUnusual: true }], confirmPartial: false },
    });
    expect(text()).toContain('Показания приняты. Исправить можно до 25 ноября.');
  });

  it('asks before it sends some of several meters', async () => {
    const { type, press, text } = await open([meter('1'), meter('2')]);
    await type('1', '301');
    await press('Отправить показания');
    expect(text()).toContain('Отправить не все показания?');
    expect(api.last('SubmitReadings')).toBeUndefined();
    await press('^Отправить 1$');
    expect(api.last('SubmitReadings')).toMatchObject({ input: { confirmPartial: true } });
  });

  it('puts a refusal of the API at the reading it concerns', async () => {
    const refusal = { code: 'VERIFICATION_EXPIRED', path: ['input', 'readings', '1', 'value'], params: [] };
    submitted = () => ({ __typename: 'Refused', refusals: [refusal] });
    const { element, type, press } = await open([meter('1'), meter('2')]);
    await type('1', '301');
    await type('2', '302');
    await press('Отправить показания');
    const problems = [...element.querySelectorAll('.c-in .inp')].map((input) =>
      input.getAttribute('aria-invalid'),
    );
    expect(problems).toEqual([null, 'true']);
    expect(element.querySelector('.esum')?.textContent).toContain(
      'Горячая вода, ванная: Срок поверки счётчика истёк',
    );
  });

  it('keeps one key for one value, so that a repeated sending is one reading', async () => {
    const keys: string[] = [];
    submitted = ({ readings }: { readings: ReadingInput[] }) => {
      keys.push(...readings.map(({ clientKey }) => clientKey));
      return { __typename: 'Refused', refusals: [{ code: 'PERIOD_NOT_OPEN', path: [], params: [] }] };
    };
    const { type, press } = await open([meter('1')]);
    await type('1', '301');
    await press('Отправить показания');
    await press('Отправить показания');
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('keeps what was typed until it is sent', async () => {
    const first = await open([meter('1')]);
    await first.type('1', '301,3');
    TestBed.resetTestingModule();
    const second = await open([meter('1')]);
    expect(second.field('1')?.value).toBe('301,3');
    await second.press('Отправить показания');
    TestBed.resetTestingModule();
    const third = await open([meter('1')]);
    expect(third.field('1')?.value).toBe('');
  });

  it('shows what was sent, and lets it be taken back', async () => {
    const current = reading('1', '301.3', { id: 'c1', takenOn: '2026-11-19', deletable: true });
    const { field, text } = await open([meter('1', {}, current)]);
    expect(field('1')?.value).toBe('301,3');
    expect(text()).toContain('Передано 19.11.2026, сайт');
    expect(text()).toContain('Отозвать');
    expect(text()).toContain('Введите хотя бы одно новое показание');
  });

  it('takes nothing from a meter that may not be read, and says why', async () => {
    const refusal = { code: 'METER_NO_SERIAL', path: [], params: [] };
    const { field, text } = await open([meter('1', { serial: null, refusal })]);
    expect(field('1')).toBeNull();
    expect(text()).toContain('Показания на водомер без заводского номера не передаются!');
  });

  it('takes nothing while the window is closed', async () => {
    const { field, text } = await open([meter('1')], false);
    expect(field('1')).toBeNull();
    expect(text()).toContain('Сейчас показания не принимаются');
    expect(text()).not.toContain('Отправить показания');
  });
});
