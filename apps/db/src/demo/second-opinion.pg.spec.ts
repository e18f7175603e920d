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

it('agrees with the engine about every line of every closing of the demo town, and leaves none out', async () => {
  const opinions = at.module.get(SecondOpinions);
  const closings = await rows<{ organizationId: string; closingId: string; booked: number }>(
    at.owner,
    `select p.organization_id as "organizationId", p.closing_id as "closingId",
       (select count(*)::int from statement_line l
        where l.organization_id = p.organization_id and l.closing_id = p.closing_id) as booked
     from period p where p.state = 'CLOSED' order by 1, p.month`,
  );
  expect(closings).toHaveLength(36);
  for (const { booked, ...key } of closings) {
    const found = await opinions.check(key, { houses: 1000, seed: 'all of them' });
    expect(found).toMatchObject({ lines: booked, differences: [] });
    expect(booked).toBeGreaterThan(10);
  }
}, 60_000);
