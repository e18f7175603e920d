import { buffer } from 'node:stream/consumers';
import { NotFound, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ChargedTown, OCTOBER } from '../closing/closing.testing';
import { textOfPdf } from '../testing';
import { billContent } from './bill.content';
import { readBillDocuments } from './bill.reading';
import { BillIssuing } from './bills.issuing';
import { BillsQueries } from './bills.queries';
import { DraftBills } from './drafts.service';

let town: ChargedTown;
beforeEach(async () => {
  town = await ChargedTown.build();
  await rows(town.at.owner, 'update supplier set requisites = $2, tax_id = $3 where organization_id = $1', [
    town.first.organizationId,
    { name: 'АО «Приречный банк»', bic: '044525225', account: '40702810138250123017' },
    '7707083893',
  ]);
  await town.waters('3', '4', '5');
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

const drafts = () => town.at.module.get(DraftBills);
const account = (place: number): string => town.first.accountIds[place] ?? '';

it('prints an account’s bill as it would be, marked as a draft and without codes to pay by', async () => {
  const { organizationId, closingId } = await town.computed();
  const { name, content } = await drafts().open(organizationId, closingId, account(0));
  expect(name).toBe('predvaritelnyj_100001_2026-10.pdf');
  const text = textOfPdf(await buffer(content));
  for (const printed of [
    'Предварительный расчёт',
    'Счёт за октябрь 2026, текущий. Месяц не закрыт: суммы могут измениться. Для оплаты не служит.',
    'Было бы к оплате:',
    'Итого было бы к оплате: 1 802,76 ₽',
    'Предварительный расчёт, лицевой счёт 100001, лист 1 из 1',
  ])
    expect(text).toContain(printed);
  expect(text).not.toContain('Наведите камеру');
  expect(text).not.toContain('действителен до');
  await town.discard({ organizationId, closingId });
});

it('says what the bill says that is issued after', async () => {
  const key = await town.computed();
  const draft = await drafts().read(key.organizationId, key.closingId, account(1));
  await town.commit(key);
  await town.at.module.get(BillIssuing).issueAll(key);
  const bill = await town.at.module.get(BillsQueries).find(key.organizationId, account(1), key.closingId);
  const [issued] = await readBillDocuments(town.at.db, { ...key, month: OCTOBER }, [bill?.id ?? '']);
  if (!issued) throw new RangeError('There is no bill');
  const { codes, number, hasBarcodes, isDraft, ...rest } = issued;
  expect([codes.length, number, hasBarcodes, isDraft]).toEqual([1, '100002-2610', true, false]);
  expect(draft).toEqual({ ...rest, codes: [], number: '100002', hasBarcodes: false, isDraft: true });
  const { groups, totals, equation, payBy } = billContent(draft);
  const content = billContent(issued);
  expect({ groups, totals, equation, payBy: payBy.value }).toEqual({
    ...{ groups: content.groups, totals: content.totals },
    ...{ equation: content.equation, payBy: content.payBy.value },
  });
});

it('knows no draft of a closing that has ended, of another organisation, or of nobody', async () => {
  const { organizationId, closingId } = await town.computed();
  const open = (of: string, closing: string, id: string) => drafts().open(of, closing, id);
  await expect(open(town.town.second.organizationId, closingId, account(0))).rejects.toThrow(NotFound);
  await expect(open(organizationId, closingId, '999999')).rejects.toThrow(NotFound);
  await expect(open(organizationId, closingId, '1e3')).rejects.toThrow(NotFound);
  await town.commit({ organizationId, closingId });
  await expect(open(organizationId, closingId, account(0))).rejects.toThrow(NotFound);
});
