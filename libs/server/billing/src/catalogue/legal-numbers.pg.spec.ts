import { randomUUID } from 'node:crypto';
import { civilDate, ratio, ratioText } from '@kvartal/domain';
import { Clock, type Staff, row, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ClosingQueries } from '../closing/closing.queries';
import { ChargedTown } from '../closing/closing.testing';
import { LEGAL_KINDS, type LegalKind } from './catalogue.enums';
import { refused, staffWith } from './catalogue.testing';
import { LegalNumbersService } from './legal-numbers.service';
import type { LegalNumberInput, LegalValue } from './legal-numbers.types';

let town: ChargedTown;
let legal: LegalNumbersService;
let answering: Staff;

beforeEach(async () => {
  town = await ChargedTown.build();
  legal = town.at.module.get(LegalNumbersService);
  await town.at.module.get(Clock).moveTo(new Date('2026-10-20T12:00:00+03:00'));
  answering = await staffOf(town.town.first.organizationId, town.town.second.organizationId);
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

const staffOf = (...organizations: string[]) =>
  staffWith(town.at.owner, town.town.portalId, ['LAW_WRITE'], organizations);
const shown = ({ from, to, value, document }: LegalValue) =>
  `${from}–${to ?? ''} ${ratioText(value)} ${document}`;

async function numberOf(kind: LegalKind) {
  const { numbers } = await legal.list(answering, town.first.organizationId);
  const found = numbers.find((one) => one.kind === kind);
  if (!found) throw new Error(`There is no ${kind}`);
  return found;
}
const newest = ({ values }: { values: readonly LegalValue[] }): string | null =>
  values.reduce<string | null>((last, { id }) => (last && BigInt(last) > BigInt(id) ? last : id), null);

async function wanted(over: Partial<LegalNumberInput> = {}): Promise<LegalNumberInput> {
  const kind = over.kind ?? 'VAT';
  return {
    organizationId: town.first.organizationId,
    kind,
    from: civilDate('2026-10-01'),
    value: ratio('0.25'),
    document: 'Закон № 1',
    seen: newest(await numberOf(kind)),
    clientKey: randomUUID(),
    ...over,
  };
}
async function set(over: Partial<LegalNumberInput> = {}, who = answering) {
  await legal.set(who, await wanted(over));
  return numberOf(over.kind ?? 'VAT');
}

describe('legal numbers', () => {
  it('are listed with their days, and with what will be missing', async () => {
    const { mayChange, changesFrom, numbers } = await legal.list(answering, town.first.organizationId);
    expect([mayChange, changesFrom]).toEqual([true, '2026-10-01']);
    expect(numbers.map(({ kind }) => kind)).toEqual(LEGAL_KINDS);
    expect((await numberOf('VAT')).values.map(shown)).toEqual([
      '2026-01-01– 0.22 НК РФ, ст. 164',
      '2019-01-01–2025-12-31 0.2 НК РФ, ст. 164',
    ]);
    expect(numbers.filter(({ missingFrom }) => missingFrom !== null)).toEqual([]);
  });

  it('are of every kind that the database knows', async () => {
    const rule = await row<{ text: string }>(
      town.at.owner,
      `select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'rate_kind_known'`,
    );
    const known = [...(rule?.text ?? '').matchAll(/'(\w+)'/g)].map(([, kind]) => kind);
    expect(known.length).toBeGreaterThan(7);
    expect(known.filter((kind) => !LEGAL_KINDS.some((one) => one === kind))).toEqual([]);
  });

  it('hold from a day on, and are charged by', async () => {
    const { MAINT } = town.first.services;
    await town.price(MAINT, 31_770_000, { vat_mode: 'INCLUSIVE' });
    const number = await set();
    expect(number.values.map(shown)).toEqual([
      '2026-10-01– 0.25 Закон № 1',
      '2026-01-01–2026-09-30 0.22 НК РФ, ст. 164',
      '2019-01-01–2025-12-31 0.2 НК РФ, ст. 164',
    ]);
    // 50 m² at 31.77 is 1,588.50, of which 25 / 125
    expect((await town.lines(MAINT, await town.computed()))[0]).toBe('1 AREA 50 0 1588.5 317.7 0');
    expect(
      await rows(
        town.at.owner,
        `select organization_id as org, action, details from audit_event where object_kind = 'rate'`,
      ),
    ).toMatchObject([
      {
        org: town.first.organizationId,
        action: 'rate.set',
        details: { country: 'RU', kind: 'VAT', from: '2026-10-01' },
      },
    ]);
    expect(
      (await legal.history(town.first.organizationId, 'VAT')).map(({ knownUntil }) => knownUntil === null),
    ).toEqual(expect.arrayContaining([true, false]));
  });

  it('have every organisation of the country computed again', async () => {
    const key = await town.computed();
    const closings = town.at.module.get(ClosingQueries);
    expect(await closings.countDirty(await closings.get(key))).toBe(0);
    await set({ organizationId: town.town.second.organizationId });
    expect(await closings.countDirty(await closings.get(key))).toBe(1);
  });

  it('are changed by nobody who answers for some of the country’s organisations only', async () => {
    const owner = await staffOf(town.first.organizationId);
    expect((await legal.list(owner, town.first.organizationId)).mayChange).toBe(false);
    expect(await refused(set({}, owner))).toEqual(['LAW_OF_OTHERS']);
    expect((await numberOf('VAT')).values).toHaveLength(2);
  });

  it('tell everything that is wrong at once', async () => {
    expect(await refused(set({ value: ratio('1.01'), document: ' ' }))).toEqual([
      'NUMBER_OUT_OF_RANGE at input.value',
      'REQUIRED at input.document',
    ]);
    expect(await refused(set({ from: civilDate('2126-09-30') }))).toEqual([
      'DATE_OUT_OF_RANGE at input.from',
    ]);
    const wrong: [LegalKind, string][] = [
      ['DUE_DAY', '10.5'],
      ['DUE_DAY', '0'],
      ['DUE_DAY', '32'],
      ['NORM_COEFFICIENT', '0.9'],
      ['KEY_RATE', '-0.01'],
      ['AVERAGE_OF', '13'],
    ];
    for (const [kind, value] of wrong)
      expect([kind, value, await refused(set({ kind, value: ratio(value) }))]).toEqual([
        kind,
        value,
        ['NUMBER_OUT_OF_RANGE at input.value'],
      ]);
  });

  it('begin after what any organisation of the country has closed', async () => {
    await town.waters('1', '1', '1');
    await town.close();
    const { changesFrom } = await legal.list(answering, town.town.second.organizationId);
    expect(changesFrom).toBe('2026-11-01');
    const second = { organizationId: town.town.second.organizationId };
    expect(await refused(set({ ...second, from: civilDate('2026-10-31') }))).toEqual([
      'PERIOD_NOT_OPEN at input.from',
    ]);
    expect((await set({ ...second, from: civilDate('2026-11-01') })).values).toHaveLength(3);
  });

  it('are set once under a key, and by one of two who have seen the same', async () => {
    const input = await wanted({ kind: 'KEY_RATE', value: ratio('0.15') });
    await legal.set(answering, input);
    const first = await numberOf('KEY_RATE');
    await legal.set(answering, input);
    expect(await numberOf('KEY_RATE')).toEqual(first);
    expect(await refused(legal.set(answering, { ...input, value: ratio('0.14') }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED at input.clientKey',
    ]);
    const both = await Promise.all(
      ['0.13', '0.12'].map((value) => wanted({ kind: 'KEY_RATE', value: ratio(value) })),
    );
    const outcomes = await Promise.all(
      both.map((one) =>
        legal.set(answering, one).then(
          () => ['done'],
          (failure: unknown) => refused(Promise.reject(failure)),
        ),
      ),
    );
    expect(outcomes.flat().sort()).toEqual(['CATALOGUE_CHANGED', 'done']);
  });
});
