import { money, quantity, ratio } from '@kvartal/domain';
import { billContent } from './bill.content';
import { aBill, aLine } from './bill.testing';

const NBSP = /\u00a0/g;
const said = (text: string): string => text.replace(NBSP, ' ');

it('adds the month up aloud', () => {
  const { equation } = billContent(
    aBill({
      lines: [
        aLine({
          opening: money('340.10'),
          paid: money('300.00'),
          charged: money('1200.00'),
          recalculated: money('-50.05'),
          underdelivered: money('-10.00'),
          closing: money('1180.05'),
        }),
      ],
    }),
  );
  expect(equation.map(({ label, sign, value }) => said(`${label}: ${sign}${value}`))).toEqual([
    'Долг на начало месяца: 340,10',
    'Оплачено: −300,00',
    'Начислено: +1 200,00',
    'Перерасчёты, льготы: −60,05',
    'Остаток на конец: =1 180,05',
  ]);
});

it('says which bill it replaces', () => {
  const { numbered } = billContent(aBill({ number: '0401287047-2610-2', replaces: '0401287047-2610' }));
  expect(numbered).toMatch(/^№ 0401287047-2610-2 за .*, взамен № 0401287047-2610$/);
  expect(billContent(aBill({})).numbered).not.toContain('взамен');
});

it('calls an overpayment by its name', () => {
  const lines = [aLine({ opening: money('-20.00'), closing: money('1827.29') })];
  expect(billContent(aBill({ lines })).equation[0]?.label).toBe('Переплата на начало');
});

it('says why the total is less than its rows', () => {
  const lines = [aLine({ closing: money('100.00') }), aLine({ closing: money('-40.00') })];
  const netted = billContent(aBill({ lines, total: money('60.00') }));
  expect(said(netted.explained)).toBe(
    'Переплата по одним услугам зачтена в счёт других. Остаток на конец месяца: 60,00 ₽. ',
  );
  const asRows = billContent(aBill({ lines, total: money('100.00') }));
  expect(said(asRows.explained)).toBe('Остаток на конец месяца: 60,00 ₽. ');
});

it('puts services under their kinds and numbers them through', () => {
  const { groups } = billContent(aBill());
  expect(groups.map(({ title }) => title)).toEqual([
    'Жилищные услуги',
    'Коммунальные услуги',
    'Капитальный ремонт',
    'Прочие услуги',
    'Пени',
  ]);
  expect(groups.flatMap(({ rows }) => rows.map(({ number }) => number)).join()).toBe('1,2,3,4,5,6,7,8,9');
});

it('says how a volume was found, and what of it is the house’s', () => {
  const rows = billContent(aBill()).groups.flatMap((group) => group.rows);
  expect(said(rows.find(({ name }) => name.startsWith('Электро'))?.note ?? '')).toBe(
    'по счётчику, в том числе на общее имущество 3,4 кВт·ч',
  );
  expect(rows[1]?.note).toBe('на общедомовые нужды');
});

it('gives each recipient its own code, sum and barcode', () => {
  const { recipients } = billContent(aBill());
  expect(recipients.map(({ due }) => said(due))).toEqual(['К оплате 2 838,65 ₽', 'К оплате 879,66 ₽']);
  expect(recipients[1]?.code).toContain('|Sum=87966|');
  expect(recipients.map(({ barcode }) => barcode)).toEqual([
    '000700040128704710260002838658',
    '000900040128704710260000879660',
  ]);
});

it('speaks of a Kazakhstan recipient as banks there do, in tenge', () => {
  const bill = billContent(aBill({ currency: 'KZT', codes: [] }));
  expect(bill.currency).toBe('₸');
  expect(said(bill.due.value)).toBe('3 718,31 ₸');
  expect(bill.recipients[0]?.details).toContain('ИИК 40702810138250123017');
  expect(bill.recipients[0]).toMatchObject({ code: '', due: '', barcode: '' });
});

it('leaves out what is not known, and says so of an area', () => {
  const bill = aBill({
    livingArea: null,
    commonArea: null,
    totalArea: null,
    heatedArea: null,
    residents: null,
  });
  const facts = new Map(billContent(bill).payer.map(({ label, value }) => [label, said(value)]));
  expect(facts.has('Жилая площадь')).toBe(false);
  expect(facts.get('Общая площадь')).toBe('не указана');
  expect(facts.get('Проживает')).toBe('не указано');
});

it('says nothing of what a register used when it began anew', () => {
  const [reading] = aBill().readings;
  const readings = reading ? [{ ...reading, previous: quantity('99998'), current: quantity('3') }] : [];
  expect(said(billContent(aBill({ readings })).meters.rows[0]?.join(' ') ?? '')).toContain('99 998 3 —');
});

it('tells tax and a raised norm apart from the rest of a charge', () => {
  const lines = [
    aLine({ charged: money('1937.97'), vat: money('349.47') }),
    aLine({ method: 'NORM_PERSON', charged: money('591.93'), excess: money('197.31') }),
  ];
  const [group] = billContent(aBill({ lines })).groups;
  expect(group?.rows.map(({ note }) => said(note))).toEqual([
    'по площади, в том числе НДС 349,47',
    'по нормативу на человека, в том числе по повышающему коэффициенту 197,31',
  ]);
});

it('counts months of heating in months', () => {
  const norms = [
    {
      service: 'Отопление',
      unit: 'Гкал',
      kind: 'HEATING_MONTHS' as const,
      value: ratio('7'),
      document: 'Постановление № 512',
    },
  ];
  expect(said(billContent(aBill({ norms })).norms)).toBe(
    'Отопление 7 месяцев отопления в году (Постановление № 512)',
  );
});

it('says every section of the official form, and of those without anything that there is nothing', () => {
  const full = billContent(aBill());
  expect(said(full.numbered)).toBe(
    '№ 0401287047-2610 за октябрь 2026, текущий, выписан 01.11.2026, действителен до 30.11.2026',
  );
  expect(full.remarks.map(said)).toEqual([
    'Горячее водоснабжение: компонент на тепловую энергию: −88,17 ₽, акт № 14 о температуре горячей воды, 9–14 октября',
    'Пени: 81,67 ₽, за просрочку оплаты, часть 14 статьи 155 Жилищного кодекса РФ',
    'Судебные расходы не начислены.',
    'Рассрочка не предоставлена.',
  ]);
  const debt = aLine({ charged: money('0.00'), opening: money('50.00'), closing: money('50.00') });
  const bare = billContent(aBill({ corrections: [], lines: [debt] }));
  expect(bare.numbered).toContain('долговой');
  expect(bare.remarks).toEqual([
    'Перерасчётов нет.',
    'Неустойки (пени) и судебные расходы не начислены.',
    'Рассрочка не предоставлена.',
  ]);
});
