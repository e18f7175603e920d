import type pg from 'pg';
import { type CivilDate, type Month, addDays, firstDay, nextMonth } from '@kvartal/domain';
import { showDate } from '@kvartal/words';
import { morningOf } from './moments';
import type { WrittenAccount, WrittenOrganization } from './write-town';

interface Paper {
  table: 'account_act' | 'benefit_right';
  /** The day on which it was entered. */
  on: CivilDate;
  row: Readonly<Record<string, unknown>>;
}

/** Which flats have something said of them: behind those whose holders sign in. */
const VETERAN = 5;
const AWAY = 7;
const SET_BY_ACT = 9;
const COLD_HOUSE = 11;

/**
 * A few acts and benefits in plain sight, in the three last closed months: a veteran of labour, a flat whose people were
 * away, a meter that was bypassed, a house without water for longer than is allowed.
 */
export async function writePapers(
  client: pg.Client,
  organization: WrittenOrganization,
  { accounts, months }: { accounts: readonly WrittenAccount[]; months: readonly Month[] },
): Promise<void> {
  const [before, month] = months.slice(-2);
  if (!before || !month || organization.plan.country !== 'RU') return;
  const at = (place: number) => accounts[place % accounts.length];
  for (const paper of papersOf(organization, { at, before, month })) await add(client, organization, paper);
}

type At = (place: number) => WrittenAccount | undefined;

const day = (of: Month, later: number): CivilDate => addDays(firstDay(of), later);
const whole = (of: Month): string => `[${firstDay(of)},${firstDay(nextMonth(of))})`;

function papersOf(
  { services }: WrittenOrganization,
  { at, before, month }: { at: At; before: Month; month: Month },
): Paper[] {
  const of = (place: number, code: string) => ({
    house_id: at(place)?.houseId,
    account_id: at(place)?.id,
    service_id: services.get(code),
  });
  const veteran = { category: 'Ветеран труда', document: 'Удостоверение В № 418203', percent: 5_000_000_000 };
  const benefit = { ...of(VETERAN, 'MAINT'), ...veteran, within_norm: false };
  return [
    { table: 'benefit_right', on: day(before, 4), row: { ...benefit, valid: `[${firstDay(before)},)` } },
    { table: 'account_act', on: day(month, 12), row: withoutWater(of(COLD_HOUSE, 'COLD_WATER'), month) },
    { table: 'account_act', on: day(month, 16), row: bypassed(of(SET_BY_ACT, 'COLD_WATER'), month) },
    { table: 'account_act', on: day(month, 23), row: away(of(AWAY, ''), month) },
  ];
}

const withoutWater = (of: Paper['row'], month: Month): Paper['row'] => ({
  ...of,
  account_id: null,
  kind: 'INTERRUPTION',
  document: `Акт о перерыве в подаче холодной воды от ${showDate(day(month, 11))}`,
  hours: 31_000_000,
  allowed_hours: 8_000_000,
  valid: whole(month),
});

const bypassed = (of: Paper['row'], month: Month): Paper['row'] => ({
  ...of,
  kind: 'VOLUME',
  document: `Акт о вмешательстве в работу прибора учёта от ${showDate(day(month, 15))}`,
  volume: 38_000_000,
  valid: whole(month),
});

const away = (of: Paper['row'], month: Month): Paper['row'] => ({
  ...of,
  kind: 'ABSENCE',
  document: `Заявление и справка о регистрации по месту пребывания от ${showDate(day(month, 23))}`,
  people: 1_000_000,
  valid: `[${day(month, 4)},${day(month, 20)})`,
});

async function add(client: pg.Client, { id }: WrittenOrganization, { table, on, row }: Paper): Promise<void> {
  const at = morningOf(on, 1);
  const all = { organization_id: id, ...row, known: `[${at},)`, created_at: at };
  const names = Object.keys(all);
  await client.query(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, place) => `$${place + 1}`).join(', ')})`,
    Object.values(all),
  );
}
