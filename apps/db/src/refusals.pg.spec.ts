import { rows } from '@kvartal/platform';
import {
  type TestDatabase,
  type Town,
  aTown,
  expectBooksBalanced,
  testDatabase,
} from '@kvartal/platform/testing';
import { stateOf } from './testing';

/** What the database itself refuses, whatever the code above it does: as the runtime's role, and as the owner too. */
let at: TestDatabase;
let town: Town;
/** A closed month of one line, made by hand the way a closing makes it. */
let closingId: string;

const NOT_ALLOWED = { driverError: { code: '42501' } };
const refusedBy = (constraint: string) => ({ driverError: { constraint } });
const refusedAs = (code: string) => ({ driverError: { code } });

const asRuntime = (sql: string, parameters: readonly unknown[] = []) =>
  rows<{ id: string }>(at.db, sql, parameters);
const asOwner = (sql: string, parameters: readonly unknown[] = []) =>
  rows<{ id: string }>(at.owner, sql, parameters);

const LINE = `(organization_id, closing_id, house_id, account_id, service_id, supplier_id, method, opening, charged,
  recalculated, underdelivered, benefit, adjusted, paid, closing)`;
const line = (closing: number): unknown[] => {
  const { organizationId, houseId, accountIds, services, supplierId } = town.first;
  return [
    organizationId,
    closingId,
    houseId,
    accountIds[0],
    services.MAINT,
    supplierId,
    'AREA',
    0,
    100,
    0,
    0,
    0,
    0,
    0,
    closing,
  ];
};
const VALUES = `values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

beforeAll(async () => {
  at = await testDatabase();
  town = await aTown(at.owner);
  const { organizationId, periodId } = town.first;
  await asRuntime(
    `insert into service_terms (organization_id, service_id, document, valid, known)
     values ($1, $2, 'протокол', '[2020-01-01,)', '[2020-01-01T00:00:00Z,)')`,
    [organizationId, town.first.services.MAINT],
  );
  await asRuntime(
    `insert into allocation_rule (organization_id, mode, document, valid, known)
     values ($1, 'FIFO', 'приказ', '[2020-01-01,)', '[2020-01-01T00:00:00Z,)')`,
    [organizationId],
  );
  await asRuntime(`update period set state = 'CLOSING' where organization_id = $1`, [organizationId]);
  await asRuntime(`insert into period (organization_id, month, state) values ($1, '2026-11-01', 'OPEN')`, [
    organizationId,
  ]);
  const [closing] = await asRuntime(
    `insert into closing (created_at, organization_id, period_id, state, knew_at, houses) values (now(), $1, $2, 'COMPUTING', now(), 1) returning id`,
    [organizationId, periodId],
  );
  closingId = closing?.id ?? '';
  await sayOfAnAccount();
  await asRuntime('select closing_make_preview($1, $2)', [organizationId, closingId]);
  await asRuntime(`insert into statement_line_${closingId} ${LINE} ${VALUES}`, line(100));
});
afterAll(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

/** Of the first account a coefficient, a benefit and what was believed of its days; of its organisation how it charged. */
async function sayOfAnAccount(): Promise<void> {
  const { organizationId, houseId, accountIds, services } = town.first;
  const of = [organizationId, houseId, accountIds[0], services.COLD_WATER];
  await asOwner(
    `insert into account_act (created_at, organization_id, house_id, account_id, service_id, kind, document, coefficient,
       valid, known) values (now(), $1, $2, $3, $4, 'COEFFICIENT', 'акт', 1, '[2026-01-01,)', tstzrange(now(), null))`,
    of,
  );
  await asOwner(
    `insert into benefit_right (created_at, organization_id, house_id, account_id, service_id, category, document, percent,
       within_norm, valid, known)
     values (now(), $1, $2, $3, $4, 'право', 'акт', 1, false, '[2026-01-01,)', tstzrange(now(), null))`,
    of,
  );
  await asOwner(
    `insert into account_open (created_at, organization_id, account_id, valid, known)
     values (now(), $1, $2, '[2020-01-01,)', tstzrange(null, now()))`,
    [organizationId, accountIds[0]],
  );
  await asOwner(
    `insert into charging_settings (created_at, organization_id, settings, valid, known)
     values (now(), $1, '{}', '(,2020-01-01)', tstzrange(now(), null))`,
    [organizationId],
  );
}

describe('a preview', () => {
  it('takes no line that does not balance', async () => {
    const insert = `insert into statement_line_${closingId} ${LINE} ${VALUES}`;
    await expect(asRuntime(insert, line(99))).rejects.toMatchObject(refusedBy('statement_line_balances'));
    await expect(asOwner(insert, line(99))).rejects.toMatchObject(refusedBy('statement_line_balances'));
  });

  it('takes no line of another closing or organisation', async () => {
    const insert = `insert into statement_line_${closingId} ${LINE} ${VALUES}`;
    const foreign = line(100).with(0, town.second.organizationId);
    await expect(asRuntime(insert, foreign)).rejects.toMatchObject(
      refusedBy(`statement_line_${closingId}_bound`),
    );
    await expect(asRuntime(insert, line(100).with(1, '999'))).rejects.toMatchObject(
      refusedBy(`statement_line_${closingId}_bound`),
    );
  });

  it('takes no line of nothing in its organisation', async () => {
    const insert = `insert into statement_line_${closingId} ${LINE} ${VALUES}`;
    const { houseId, accountIds, services, supplierId } = town.second;
    const foreign = [houseId, accountIds[0], services.MAINT, supplierId];
    for (const as of [asRuntime, asOwner])
      for (const [place, id] of foreign.entries())
        expect([place, await stateOf(as(insert, line(100).with(2 + place, id)))]).toEqual([place, 'LG007']);
  });

  it('is not attached before it is ready, and not made or dropped out of turn', async () => {
    const { organizationId } = town.first;
    const key = [organizationId, closingId];
    await expect(asRuntime('select closing_attach($1, $2)', key)).rejects.toMatchObject(refusedAs('LG006'));
    await expect(asRuntime('select closing_drop_preview($1, $2)', key)).rejects.toMatchObject(
      refusedAs('LG006'),
    );
    await expect(asRuntime(`drop table statement_line_${closingId}`)).rejects.toMatchObject(NOT_ALLOWED);
    await expect(
      asRuntime(
        `alter table statement_line attach partition statement_line_${closingId} for values in (${closingId})`,
      ),
    ).rejects.toMatchObject(NOT_ALLOWED);
    await expect(
      asRuntime('select closing_make_preview($1, $2)', [town.second.organizationId, closingId]),
    ).rejects.toMatchObject(refusedAs('LG006'));
  });
});

describe('a closed month', () => {
  beforeAll(async () => {
    await asOwner(
      `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
       values (now(), tstzrange(now(), null), $1, $2, $3, '2026-10-01', '2026-10-20', 110000000, 'SITE')`,
      [town.first.organizationId, town.first.houseId, town.first.registerIds[1]],
    );
    const key = [town.first.organizationId, closingId];
    await asRuntime('select closing_key_preview($1, $2)', key);
    await asRuntime(`update closing set state = 'READY' where organization_id = $1 and id = $2`, key);
    await asRuntime('select closing_attach($1, $2)', key);
    await asRuntime(`update closing set state = 'COMMITTED' where organization_id = $1 and id = $2`, key);
    await asRuntime(
      `update period set state = 'CLOSED', closing_id = $2 where organization_id = $1 and state = 'CLOSING'`,
      key,
    );
  });

  it.each([
    ['changed', 'update statement_line set charged = charged + 1, closing = closing + 1'],
    ['deleted', 'delete from statement_line'],
  ])('keeps its lines: none is %s', async (_, sql) => {
    await expect(asRuntime(sql)).rejects.toMatchObject(NOT_ALLOWED);
    await expect(asOwner(sql)).rejects.toMatchObject(refusedAs('LG003'));
    const partition = sql.replace('statement_line', `statement_line_${closingId}`);
    await expect(asRuntime(partition)).rejects.toMatchObject(NOT_ALLOWED);
    await expect(asOwner(partition)).rejects.toMatchObject(refusedAs('LG003'));
  });

  it('takes no further line', async () => {
    for (const table of ['statement_line', `statement_line_${closingId}`]) {
      const insert = `insert into ${table} ${LINE} ${VALUES}`;
      await expect(asRuntime(insert, line(100))).rejects.toMatchObject(NOT_ALLOWED);
      await expect(asOwner(insert, line(100))).rejects.toMatchObject(refusedAs('LG003'));
    }
  });

  it('takes no money, no reading, and is not opened again', async () => {
    const { organizationId, periodId, houseId, accountIds, services, supplierId, registerIds } = town.first;
    const money = `insert into movement (created_at, organization_id, period_id, house_id, account_id, service_id, supplier_id, kind, amount,
        value_date, source_kind, source_id) values (now(), $1, $2, $3, $4, $5, $6, 'ADJUSTMENT', 100, '2026-10-15', 'STAFF', 1)`;
    const values = [organizationId, periodId, houseId, accountIds[0], services.MAINT, supplierId];
    await expect(asRuntime(money, values)).rejects.toMatchObject(refusedAs('LG001'));
    await expect(asOwner(money, values)).rejects.toMatchObject(refusedAs('LG001'));
    const reading = `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
      values (now(), tstzrange(now(), null), $1, $2, $3, '2026-10-01', '2026-10-20', 1, 'SITE')`;
    await expect(asRuntime(reading, [organizationId, houseId, registerIds[0]])).rejects.toMatchObject(
      refusedAs('LG004'),
    );
    for (const [as, sql] of [
      [asRuntime, `update reading set month = '2026-12-01' where month = '2026-10-01'`],
      [asOwner, `update reading set month = '2026-12-01' where month = '2026-10-01'`],
      [asOwner, `delete from reading where month = '2026-10-01'`],
    ] as const)
      expect([sql, await stateOf(as(sql))]).toEqual([sql, 'LG004']);
    const reopen = `update period set state = 'OPEN', closing_id = null where organization_id = $1 and id = $2`;
    await expect(asRuntime(reopen, [organizationId, periodId])).rejects.toMatchObject(refusedAs('LG006'));
    await expect(asOwner(reopen, [organizationId, periodId])).rejects.toMatchObject(refusedAs('LG006'));
  });

  it('keeps the closing that made it', async () => {
    const key = [town.first.organizationId, closingId];
    const change = `update closing set digest = 'x' where organization_id = $1 and id = $2`;
    await expect(asRuntime(change, key)).rejects.toMatchObject(refusedAs('LG003'));
    await expect(asRuntime('select closing_drop_preview($1, $2)', key)).rejects.toMatchObject(
      refusedAs('LG006'),
    );
    await expect(
      asOwner('delete from closing where organization_id = $1 and id = $2', key),
    ).rejects.toMatchObject(refusedAs('LG003'));
  });
});

describe('facts', () => {
  const fact = (account: string | undefined, organization = town.first.organizationId): unknown[] => [
    organization,
    town.first.houseId,
    account,
  ];
  const INSERT = `insert into fact (known, organization_id, house_id, subject, subject_id, kind, value, valid)
    values (tstzrange(now(), null), $1, $2, 'ACCOUNT', $3, 'RESIDENTS', 3000000, '[2026-06-01,2026-09-01)')`;

  it('are one truth: none overlaps another in what it says and when it is believed', async () => {
    await expect(asRuntime(INSERT, fact(town.first.accountIds[0]))).rejects.toMatchObject(
      refusedBy('fact_one_truth'),
    );
    await expect(asOwner(INSERT, fact(town.first.accountIds[0]))).rejects.toMatchObject(
      refusedBy('fact_one_truth'),
    );
  });

  it('are never rewritten or deleted', async () => {
    await expect(asRuntime('update fact set value = value + 1')).rejects.toMatchObject(refusedAs('LG005'));
    await expect(asOwner('delete from fact')).rejects.toMatchObject(refusedAs('LG005'));
    await expect(asRuntime('delete from fact')).rejects.toMatchObject(NOT_ALLOWED);
  });

  it('point into no other organisation', async () => {
    await expect(asRuntime(INSERT, fact('1', town.second.organizationId))).rejects.toMatchObject(
      refusedBy('fact_in_house'),
    );
  });
});

describe('rows of one organisation', () => {
  it.each([
    [
      'account_in_house',
      `insert into account (organization_id, house_id, premises_id, kind, number, opened_on)
       select $1, $2, id, 'PERSON', '1', '2026-01-01' from premises where organization_id = $1 limit 1`,
    ],
    ['meter_in_house', `insert into meter (organization_id, house_id, resource) values ($1, $2, 'GAS')`],
    [
      'reading_in_house',
      `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
       select now(), tstzrange(now(), null), $1, $2, id, '2026-12-01', '2026-12-20', 1, 'SITE' from register where organization_id = $1 limit 1`,
    ],
    [
      'premises_in_house',
      `insert into premises (organization_id, house_id, kind, number) values ($1, $2, 'FLAT', '99')`,
    ],
  ])('never point into another: %s', async (constraint, sql) => {
    const foreign = [town.first.organizationId, town.second.houseId];
    await expect(asRuntime(sql, foreign)).rejects.toMatchObject(refusedBy(constraint));
    await expect(asOwner(sql, foreign)).rejects.toMatchObject(refusedBy(constraint));
  });
});

describe('what there may be one of', () => {
  it('is the reading that settles a month', async () => {
    const { organizationId, houseId, registerIds } = town.first;
    const insert = `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source, version)
      values (now(), tstzrange(now(), null), $1, $2, $3, '2026-11-01', '2026-11-20', 120000000, 'SITE', $4)`;
    const version = (number: number) => [organizationId, houseId, registerIds[0], number];
    await asRuntime(insert, version(1));
    await expect(asRuntime(insert, version(2))).rejects.toMatchObject(refusedBy('reading_one_settles'));
    await expect(asOwner(insert, version(2))).rejects.toMatchObject(refusedBy('reading_one_settles'));
  });

  it("is the payment of a provider's operation", async () => {
    const pay = (account: string | undefined, key: string) => [town.first.organizationId, account, key];
    const insert = `insert into payment (created_at, organization_id, account_id, order_number, provider, operation_id, amount, currency,
      state, idempotency_key) values (now(), $1, $2, $3, 'SBERBANK', 'operation-1', 100, 'RUB', 'PENDING', $3)`;
    const [first, second] = town.first.accountIds;
    await asRuntime(insert, pay(first, 'a'));
    await expect(asRuntime(insert, pay(second, 'b'))).rejects.toMatchObject(
      refusedBy('payment_one_per_operation'),
    );
    await expect(asOwner(insert, pay(second, 'b'))).rejects.toMatchObject(
      refusedBy('payment_one_per_operation'),
    );
  });

  it('is the open month of an organisation, and the month itself', async () => {
    const insert = `insert into period (organization_id, month, state) values ($1, $2, 'OPEN')`;
    const { organizationId } = town.first;
    await expect(asRuntime(insert, [organizationId, '2027-01-01'])).rejects.toMatchObject(
      refusedBy('period_one_open'),
    );
    await expect(asRuntime(insert, [organizationId, '2026-10-01'])).rejects.toMatchObject({
      driverError: { code: '23505' },
    });
  });
});

describe('facts of every kind', () => {
  /** Tables of what is true when, by their rule: generated, so that a new one cannot be forgotten. */
  const dated = () =>
    asOwner(
      `select c.relname as id from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'valid') order by 1`,
    );

  it('are one truth in each table: no row overlaps another', async () => {
    const tables = await dated();
    expect(tables.map(({ id }) => id)).toEqual([
      'account_act',
      'account_open',
      'account_service',
      'allocation_rule',
      'benefit_right',
      'charging_settings',
      'fact',
      'holder',
      'norm',
      'penalty_moratorium',
      'penalty_schedule',
      'rate',
      'service_terms',
      'tariff',
    ]);
    for (const { id } of tables) {
      const [columns] = await asOwner(
        `select string_agg(attname, ', ') as id from pg_attribute where attrelid = '${id}'::regclass and attnum > 0
           and attname <> 'id' and attgenerated = ''`,
      );
      const again = `insert into ${id} (${columns?.id}) select ${columns?.id} from ${id} limit 1`;
      for (const as of [asRuntime, asOwner])
        await expect(as(again)).rejects.toMatchObject(refusedBy(`${id}_one_truth`));
    }
  });

  it('are neither rewritten, nor taken back, nor deleted', async () => {
    for (const { id } of await dated())
      for (const change of [
        `update ${id} set valid = daterange('1990-01-01', null)`,
        `update ${id} set known = 'empty'`,
        `update ${id} set known = tstzrange(null, now())`,
        `update ${id} set known = tstzrange(lower(known) - interval '1 day', now())`,
      ]) {
        expect([change, await stateOf(asRuntime(change))]).toEqual([change, 'LG005']);
        expect([change, await stateOf(asOwner(change))]).toEqual([change, 'LG005']);
      }
    for (const { id } of await dated()) {
      expect(await stateOf(asRuntime(`delete from ${id}`))).toBe('42501');
      expect(await stateOf(asOwner(`delete from ${id}`))).toBe('LG005');
    }
  });

  it('say something of a house, premises, an account or a meter of their own', async () => {
    const { first, second } = town;
    const insert = (subject: string, id: string | undefined) =>
      `insert into fact (known, organization_id, house_id, subject, subject_id, kind, value, valid)
       values (tstzrange(now(), null), ${first.organizationId}, ${first.houseId}, '${subject}', ${id}, 'HEATED_AREA', 1, '[1990-01-01,1990-02-01)')`;
    for (const [subject, own, foreign] of [
      ['HOUSE', first.houseId, second.houseId],
      ['ACCOUNT', first.accountIds[0], second.accountIds[0]],
      ['METER', first.meterIds[0], second.meterIds[0]],
      ['PREMISES', undefined, '999999'],
    ] as const) {
      for (const as of [asRuntime, asOwner])
        expect([subject, await stateOf(as(insert(subject, foreign)))]).toEqual([subject, 'LG007']);
      if (own) await asRuntime(insert(subject, own));
    }
  });
});

it('no debt is of a closing that is not committed', async () => {
  const { organizationId, accountIds, services, supplierId } = town.first;
  const insert = `insert into debt_lot (organization_id, closing_id, account_id, service_id, supplier_id, due_on, principal)
    values (${organizationId}, 999999, ${accountIds[0]}, ${services.MAINT}, ${supplierId}, '2026-11-10', 100)`;
  for (const as of [asRuntime, asOwner]) expect(await stateOf(as(insert))).toBe('LG006');
});

it('no debt is somebody’s of another organisation', async () => {
  const { first, second } = town;
  const insert = (account?: string, service?: string, supplier?: string) =>
    `insert into debt_lot (organization_id, closing_id, account_id, service_id, supplier_id, due_on, principal)
     values (${first.organizationId}, ${closingId}, ${account}, ${service}, ${supplier}, '2026-11-10', 100)`;
  const [own, foreign] = [first, second].map((one) => ({
    account: one.accountIds[0],
    service: one.services.MAINT,
    supplier: one.supplierId,
  }));
  for (const as of [asRuntime, asOwner]) {
    expect(await stateOf(as(insert(foreign?.account, own?.service, own?.supplier)))).toBe('LG007');
    expect(await stateOf(as(insert(own?.account, foreign?.service, own?.supplier)))).toBe('LG007');
    expect(await stateOf(as(insert(own?.account, own?.service, foreign?.supplier)))).toBe('LG007');
  }
  await asRuntime(insert(own?.account, own?.service, own?.supplier));
});
