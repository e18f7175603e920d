import {
  type AccountSnapshot,
  CHARGING_METHODS,
  type DaySpan,
  type HouseSnapshot,
  firstDay,
  lastDay,
} from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import { readActs } from './closing.acts';
import { readBalances } from './closing.balances';
import type { Catalogue } from './closing.catalogue';
import { commonsOf } from './closing.commons';
import {
  type AccountDraft,
  Drafts,
  EVER,
  type HouseDraft,
  type Placing,
  type ServiceDraft,
  type SnapshotScope,
  draftOf,
  ofHouses,
} from './closing.drafts';
import { readFacts } from './closing.facts';
import { readSeasons } from './closing.heating';
import { believed } from './closing.known';
import { readPenalties } from './closing.penalties';
import { type HouseMeters, readRegisters } from './closing.registers';
import { readLastYear } from './closing.year';
import { Codes, type CopyReader, copyOut, literal } from './copy';

/** Reads houses as `drawHouses` does, all of them at once. */
export async function readHouses(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
): Promise<HouseSnapshot[]> {
  return [...(await drawHouses(tx, catalogue, scope))];
}

/**
 * Reads all that a month of houses is computed from, for a batch of them by a handful of set-based statements, and draws
 * them up one by one as they are asked for: what lives as long as a batch is dear to collect.
 */
export async function drawHouses(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
): Promise<Iterable<HouseSnapshot>> {
  const drafts = new Drafts();
  await readAccounts(tx, scope, drafts);
  await readFacts(tx, catalogue, scope, drafts);
  const meters = await readRegisters(tx, catalogue, scope, drafts);
  const services = await readServices(tx, catalogue, scope, drafts);
  const seasons = await readSeasons(tx, scope, drafts);
  const lastYear = await readLastYear(tx, catalogue, scope, drafts);
  const acts = await readActs(tx, catalogue, scope, drafts);
  const balances = await readBalances(tx, catalogue, scope, drafts);
  const penalties = await readPenalties(tx, catalogue, scope, { drafts, movements: balances.movements });
  const placings = [services, seasons, lastYear, acts, balances.place, penalties];
  return drawn(drafts, placings, (house) => houseOf(house, catalogue, meters));
}

function* drawn(
  drafts: Drafts,
  placings: readonly Placing[],
  draw: (house: HouseDraft) => HouseSnapshot,
): Generator<HouseSnapshot> {
  for (const house of drafts.houses.values()) {
    for (const place of placings) place(house);
    yield draw(house);
    // the batch still knows the accounts, and would keep all that was read of them
    for (const account of house.accounts) account.services = [];
  }
  drafts.release();
}

async function readAccounts(tx: Tx, scope: SnapshotScope, drafts: Drafts): Promise<void> {
  for (const [slot, houseId] of scope.houseIds.entries())
    drafts.houses.set(Number(houseId), {
      houseId,
      slot,
      accounts: [],
      commonAreas: [],
      totalAreas: [],
      heatedAreas: [],
    });
  const only = scope.accountId === undefined ? '' : ` and a.id = ${literal(scope.accountId)}`;
  const found = await copyOut(
    tx,
    `select a.house_id, a.id, a.premises_id, case a.kind when 'LEGAL' then 1 else 0 end, ${openDays(scope.knownAt)}
     where ${ofHouses(scope, 'a')}${only} order by a.id`,
  );
  while (found.next()) {
    const house = drafts.houses.get(found.id());
    const id = found.id();
    const premisesId = found.id();
    const isLegal = found.int() === 1;
    const account: AccountDraft = {
      accountId: String(id),
      slot: house?.slot ?? -1,
      isLegal,
      open: { from: found.day(-EVER), to: found.day(EVER - 1) + 1 },
      areas: [],
      heatedAreas: [],
      residents: [],
      registers: [],
      services: [],
    };
    house?.accounts.push(account);
    drafts.accounts.set(id, account);
    const neighbours = drafts.byPremises.get(premisesId);
    if (neighbours) neighbours.push(account);
    else drafts.byPremises.set(premisesId, [account]);
  }
}

/** From when to when accounts are open, as it is believed now; at a past moment, what was believed until they were edited. */
function openDays(at: Date | undefined): string {
  if (at === undefined) return 'a.opened_on, a.closed_on from account a';
  return `coalesce(lower(was.valid), a.opened_on),
      case when was.id is null then a.closed_on else (upper(was.valid) - 1)::date end
    from account a left join account_open was on was.organization_id = a.organization_id and was.account_id = a.id
      and was.known @> '${at.toISOString()}'::timestamptz`;
}

async function readServices(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
  drafts: Drafts,
): Promise<Placing> {
  const { period } = catalogue;
  const only = scope.accountId === undefined ? '' : ` and s.account_id = ${literal(scope.accountId)}`;
  const found = await copyOut(
    tx,
    `select s.account_id, s.service_id, s.supplier_id, s.method, s.tariff_group, lower(s.valid), upper(s.valid)
     from account_service s
     where ${ofHouses(scope, 's')}${only} and ${believed('s.known', scope.knownAt)}
       and s.valid && daterange('${firstDay(period.month)}', '${lastDay(period.month)}', '[]')`,
  );
  const rows = drafts.byAccount(found);
  return ({ slot }) => {
    const own = rows.of(slot);
    while (own.next()) placeService(own, catalogue, drafts);
  };
}

function placeService(row: CopyReader, catalogue: Catalogue, drafts: Drafts): void {
  const { period } = catalogue;
  const account = drafts.accounts.get(row.id());
  const service = row.id();
  const supplier = row.id();
  const method = row.code(METHODS);
  const placed = catalogue.termsOf({ service, supplier, method, tariffGroup: row.small() });
  const from = Math.max(row.day(-EVER), account?.open.from ?? 0, period.from);
  const to = Math.max(from, Math.min(row.day(EVER), account?.open.to ?? 0, period.to));
  account?.services.push(draftOf(placed, from, to));
}

const METHODS = new Codes(CHARGING_METHODS);

/** In the order of the bill; the days of one service in theirs. The order of the lines is part of the digest. */
const inOrder = (one: ServiceDraft, other: ServiceDraft): number =>
  one.placed.place - other.placed.place || one.from - other.from;

/** They mostly are, as they were entered: to sort so many short lists costs more than to look. */
function isInOrder(services: readonly ServiceDraft[]): boolean {
  for (let place = 1; place < services.length; place += 1) {
    const [one, other] = [services[place - 1], services[place]];
    if (one && other && inOrder(one, other) > 0) return false;
  }
  return true;
}

/**
 * Rows of a service that follow each other and say the same are one: how it was entered must not change money. Services
 * are in order.
 */
function joinEqual(services: readonly ServiceDraft[]): ServiceDraft[] {
  const joined: ServiceDraft[] = [];
  for (const service of services) {
    const before = joined.at(-1);
    if (before?.placed === service.placed && before.to === service.from)
      joined[joined.length - 1] = { ...before, to: service.to };
    else joined.push(service);
  }
  return joined;
}

/** Whether some service stands twice: only then is there anything to join. */
function hasParts(services: readonly ServiceDraft[]): boolean {
  for (let place = 1; place < services.length; place += 1)
    if (services[place - 1]?.placed.place === services[place]?.placed.place) return true;
  return false;
}

function houseOf(house: HouseDraft, catalogue: Catalogue, meters: HouseMeters): HouseSnapshot {
  const { period } = catalogue;
  const accounts = house.accounts
    .filter(({ services }) => services.length > 0)
    .map((account) => accountOf(account, catalogue));
  return { houseId: house.houseId, period, accounts, commons: commonsOf(house, catalogue, meters) };
}

const byDay = (one: DaySpan, other: DaySpan): number => one.from - other.from;

function accountOf(account: AccountDraft, { period }: Catalogue): AccountSnapshot {
  const { accountId, areas, heatedAreas, residents, registers, services } = account;
  for (const facts of [areas, heatedAreas, residents]) if (facts.length > 1) facts.sort(byDay);
  if (!isInOrder(services)) services.sort(inOrder);
  const drawn: AccountSnapshot = {
    accountId,
    period,
    areas,
    heatedAreas,
    residents,
    registers,
    services: hasParts(services) ? joinEqual(services) : services,
  };
  const owned = account.owners ? { ...drawn, owners: account.owners.sort(byDay) } : drawn;
  return account.further ? { ...owned, ...account.further } : owned;
}
