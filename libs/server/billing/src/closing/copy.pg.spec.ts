import { type Tx, inTransaction, rows } from '@kvartal/platform';
import { type TestDatabase, testDatabase } from '@kvartal/platform/testing';
import { Codes, copyOut } from './copy';
import { CopyWriter, copyIn } from './copy.writer';

let at: TestDatabase;
beforeAll(async () => {
  at = await testDatabase();
});
afterAll(() => at.close());

const inside = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(at.owner, work);

async function idsOf(tx: Tx, select: string): Promise<number[]> {
  const found = await copyOut(tx, select);
  const ids: number[] = [];
  while (found.next()) ids.push(found.id());
  return ids;
}
const counting = (to: number): number[] => Array.from({ length: to }, (_, place) => place + 1);
const series = (to: number): string => `select n::bigint from generate_series(1, ${to}) n`;

it.each([0, 1, 2, 300_000])('reads %i rows, however many pieces they come in', async (count) => {
  expect(await inside((tx) => idsOf(tx, series(count)))).toEqual(counting(count));
});

it('reads every kind of field', async () => {
  const codes = new Codes(['METER', 'AREA']);
  const read = await inside(async (tx) => {
    const found = await copyOut(
      tx,
      `select -9007199254740993, null::bigint, 7::bigint, 'AREA', 5, 6::smallint, date '1970-01-02', null::date`,
    );
    expect(found.next()).toBe(true);
    const row = [
      found.big(),
      found.idOrNull(),
      found.idOrNull(),
      found.code(codes),
      found.int(),
      found.small(),
    ];
    const days = [found.day(-1), found.day(-1)];
    expect(found.next()).toBe(false);
    return [...row, ...days];
  });
  expect(read).toEqual([-9007199254740993n, null, 7, 'AREA', 5, 6, 1, -1]);
});

it('hands rows out by a number of theirs, in the order in which they came, and leaves out the others', async () => {
  const count = 12_000;
  const houses = await inside(async (tx) => {
    const found = await copyOut(
      tx,
      `select n % 5, n, repeat('x', (n % 40)::int) from generate_series(1::bigint, ${count}) n`,
    );
    const rows = found.sorted(5, (row) => row.id() - 1);
    const read = [3, 0, 1, 2, 4].map((place): [number, number[]] => {
      const own = rows.of(place);
      const ids: number[] = [];
      while (own.next()) if (own.id() === place + 1) ids.push(own.id());
      return [place, ids];
    });
    rows.release();
    return new Map(read);
  });
  const all = counting(count);
  for (const place of [0, 1, 2, 3]) expect(houses.get(place)).toEqual(all.filter((n) => n % 5 === place + 1));
  expect(houses.get(4)).toEqual([]);
});

it('has no rows of any number where the answer is empty', async () => {
  const isAny = await inside(async (tx) => {
    const rows = (await copyOut(tx, `${series(1)} where false`)).sorted(2, (row) => row.id());
    return [rows.of(0).next(), rows.of(1).next()];
  });
  expect(isAny).toEqual([false, false]);
});

it('is not put out by what the server says among the rows', async () => {
  const ids = await inside(async (tx) => {
    await rows(
      tx,
      `create function pg_temp.said(n bigint) returns bigint language plpgsql as
       $$ begin raise notice 'row %', n; return n; end $$`,
    );
    return idsOf(tx, `select pg_temp.said(n) from generate_series(1, 50) n`);
  });
  expect(ids).toEqual(counting(50));
});

it('leaves the connection to others where the server breaks off', async () => {
  const runner = at.owner.createQueryRunner();
  try {
    await runner.startTransaction();
    const broken = idsOf(runner.manager, `select 1 / (n - 40000)::bigint from generate_series(1, 50000) n`);
    await expect(broken).rejects.toMatchObject({ code: '22012' });
    await runner.rollbackTransaction();
    expect(await runner.query('select 1 as one')).toEqual([{ one: 1 }]);
    await runner.startTransaction();
    expect(await idsOf(runner.manager, series(3))).toEqual([1, 2, 3]);
    await runner.commitTransaction();
  } finally {
    await runner.release();
  }
});

it('keeps answers apart that are read at once', async () => {
  const counts = [10, 200_000, 30, 150_000, 5, 1];
  const read = await Promise.all(counts.map((count) => inside((tx) => idsOf(tx, series(count)))));
  expect(read.map((ids) => ids.length)).toEqual(counts);
  expect(read.every((ids) => ids.every((id, place) => id === place + 1))).toBe(true);
});

it('loads what was written, and reads it back', async () => {
  const codes = new Codes(['METER', 'AREA']);
  const read = await inside(async (tx) => {
    await rows(
      tx,
      'create temp table loaded (id bigint, other bigint, method text, version smallint, sum bigint)',
    );
    const writer = new CopyWriter();
    for (const id of counting(60_000)) {
      writer.row(5);
      writer.id(id + 2 ** 40);
      writer.idOrNull(id % 2 ? null : id);
      writer.code(id % 2 ? 'METER' : 'AREA');
      writer.small(id % 100);
      writer.big(BigInt(-id));
    }
    await copyIn(tx, 'loaded (id, other, method, version, sum)', writer);
    const found = await copyOut(tx, 'select id, other, method, version, sum from loaded order by id');
    let right = 0;
    for (let id = 1; found.next(); id += 1) {
      const row = [found.id(), found.idOrNull(), found.code(codes), found.small(), found.big()];
      const odd = id % 2 === 1;
      const expected = [id + 2 ** 40, odd ? null : id, odd ? 'METER' : 'AREA', id % 100, BigInt(-id)];
      if (row.every((value, place) => value === expected[place])) right += 1;
    }
    return right;
  });
  expect(read).toBe(60_000);
});
