import { BillingModule, SECOND_OPINION, type SecondOpinion, SecondOpinions } from '@kvartal/billing';
import { rows } from '@kvartal/platform';
import { type UnderTest, underTest } from '@kvartal/platform/testing';
import { evaluate } from '@kvartal/reference';
import { Global, Module } from '@nestjs/common';
import { runDemo } from './run-demo';

const opinion: SecondOpinion = evaluate;

@Global()
@Module({ providers: [{ provide: SECOND_OPINION, useValue: opinion }], exports: [SECOND_OPINION] })
class TheOpinion {}

let at: UnderTest;
beforeAll(async () => {
  at = await underTest(TheOpinion, BillingModule);
  await runDemo({ accounts: 24, seed: 7 });
}, 180_000);
afterAll(() => at.close());

it('agrees with the engine about every line of the last closings of the demo town', async () => {
  await at.module.get(SecondOpinions).checkLast(1000, 'all of them');
  const found = await rows<{ lines: number; booked: number; differences: unknown }>(
    at.owner,
    `select s.lines, s.differences, (select count(*)::int from statement_line l
       where l.organization_id = s.organization_id and l.closing_id = s.closing_id) as booked
     from second_opinion s order by s.organization_id`,
  );
  expect(found).toHaveLength(3);
  for (const { lines, booked, differences } of found) {
    expect(differences).toEqual([]);
    expect(lines).toBe(booked);
    expect(lines).toBeGreaterThan(10);
  }
});
