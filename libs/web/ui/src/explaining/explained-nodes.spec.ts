import type { ExplainedLine, ExplainedNumber, ExplainedOrigin } from './explained-line';
import {
  daysText,
  expressionText,
  isRounded,
  movementTexts,
  nodesOf,
  originText,
  shareNode,
  tariffsOf,
} from './explained-nodes';

const nothing = {
  document: '',
  service: null,
  validFrom: null,
  validTo: null,
  recordedAt: null,
  author: null,
  takenOn: null,
  value: null,
  source: null,
  resource: null,
  zone: null,
  place: null,
  serial: null,
} as const;
const meter = { resource: 'COLD_WATER', zone: 'SINGLE', place: 'кухня', serial: '17' } as const;
const reading = (takenOn: string): ExplainedOrigin => ({
  ...nothing,
  ...meter,
  kind: 'READING',
  takenOn,
  source: 'SITE',
});
const number = (name: ExplainedNumber['name'], value: string, origin?: ExplainedOrigin): ExplainedNumber => ({
  name,
  value,
  from: '2026-10-01',
  to: '2026-10-31',
  origins: origin ? [origin] : [],
});
const lineOf = (inputs: readonly ExplainedNumber[]): ExplainedLine => ({
  unit: 'м³',
  method: 'METER',
  rule: { law: null },
  quantity: '0.4',
  charged: '0.00',
  inputs,
  segments: [],
  additions: [],
  movements: [],
  lots: [],
});

describe('the numbers of an explanation', () => {
  it('are two readings of a meter as one, with the days and ways of both', () => {
    const inputs = [
      number('PREVIOUS_READING', '100', reading('2026-09-20')),
      number('CURRENT_READING', '103.517', reading('2026-10-20')),
    ];
    expect(nodesOf({ inputs, unit: 'м³' }, 'ru')).toEqual([
      {
        label: 'Холодная вода, кухня, счётчик № 17: 103,517 − 100',
        value: '3,517\u00a0м³',
        sources: ['20.10.2026, Сайт', '20.09.2026, Сайт'],
      },
    ]);
  });

  it('tell no difference where a counter went over its last digit', () => {
    const inputs = [number('PREVIOUS_READING', '99998'), number('CURRENT_READING', '2')];
    expect(nodesOf({ inputs, unit: 'м³' }, 'en')[0]?.value).toBe('');
  });

  it('are left out where they are nothing and would say nothing', () => {
    expect(nodesOf({ inputs: [number('CARRY_IN', '0'), number('AVERAGE', '0')], unit: 'м³' }, 'ru')).toEqual(
      [],
    );
    expect(nodesOf({ inputs: [number('CARRY_IN', '-2')], unit: 'м³' }, 'ru')).toHaveLength(1);
  });

  it('tell an account’s share of its house, where one area stands all month', () => {
    const inputs = [number('DISTRIBUTED', '46'), number('TOTAL_AREA', '4600'), number('AREA', '40')];
    expect(shareNode(lineOf(inputs), 'ru')).toEqual([
      { label: 'Ваша доля: 46 × 40 / 4\u00a0600', value: '0,4\u00a0м³', sources: [] },
    ]);
    const changing = inputs.map((input) => ({ ...input, to: '2026-10-14' }));
    expect(shareNode(lineOf(changing), 'ru')).toEqual([]);
  });

  it('name days only where they are not the whole month', () => {
    expect(daysText('2026-02-01', '2026-02-28', 'ru')).toBe('');
    expect(daysText('2026-02-01', '2026-02-27', 'ru')).toContain('27');
  });
});

describe('a formula', () => {
  it('is written as people write numbers', () => {
    expect(expressionText('1061.4 × 31.77 × 14 / 30')).toBe('1\u00a0061,4 × 31,77 × 14 / 30');
  });

  it('is rounded only where there is something to round', () => {
    const part = { from: '', to: '', expression: '', tariff: null };
    expect(isRounded({ ...part, exact: '10.00', amount: '10.00' })).toBe(false);
    expect(isRounded({ ...part, exact: '100', amount: '100.00' })).toBe(false);
    expect(isRounded({ ...part, exact: '152.18059', amount: '152.18' })).toBe(true);
  });

  it('names each tariff once, with its document', () => {
    const tariff: ExplainedOrigin = {
      ...nothing,
      kind: 'TARIFF',
      document: 'Приказ № 1',
      validFrom: '2026-07-01',
    };
    const part = { from: '', to: '', expression: '3.5 × 43.27', exact: '1', amount: '1.00', tariff };
    expect(tariffsOf([part, part]).map(({ price }) => price)).toEqual(['43.27']);
    expect(originText(tariff, 'ru')).toBe('Приказ № 1, действует с 01.07.2026');
  });

  it('names the document of a reading that was corrected, which came by no way', () => {
    const corrected = { ...reading('2026-09-21'), source: null, document: 'Акт № 5' };
    expect(originText(corrected, 'ru')).toBe('21.09.2026, Акт № 5');
  });

  it('says when a paper was entered, and by whom where that is told', () => {
    const act: ExplainedOrigin = {
      ...nothing,
      kind: 'ACT',
      document: 'Заявление № 7 от 03.10.2026',
      validFrom: '2026-10-01',
      recordedAt: '2026-10-05T07:00:00.000Z',
    };
    const text = 'Заявление № 7 от 03.10.2026, действует с 01.10.2026, внесено 05.10.2026';
    expect(originText(act, 'ru')).toBe(text);
    expect(originText({ ...act, author: 'Соколова А. А.' }, 'ru')).toBe(`${text}, Соколова А. А.`);
  });
});

describe('what moved a balance', () => {
  const payment = {
    kind: 'PAYMENT',
    amount: '-836.36',
    on: '2026-11-06',
    forMonth: null,
    document: 'Банк № 17',
    recordedAt: '2026-11-07T08:00:00.000Z',
    author: null,
  } as const;

  it('says what, on what day, and when it was entered', () => {
    expect(movementTexts(payment, 'ru')).toEqual({
      label: 'Оплата, 06.11.2026',
      source: 'Банк № 17, внесено 07.11.2026',
    });
  });

  it('says of a charge that was held which month it is for', () => {
    const late = { ...payment, kind: 'LATE', forMonth: '2026-12', document: '' } as const;
    expect(movementTexts(late, 'ru')).toEqual({
      label: 'Начислено за отложенный месяц: декабрь\u00a02026',
      source: '',
    });
    expect(movementTexts(late, 'en').label).toBe('Charged for a held month: December\u00a02026');
  });
});
