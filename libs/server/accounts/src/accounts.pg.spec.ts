import { quantity } from '@kvartal/domain';
import { NotFound, type Resident, rows } from '@kvartal/platform';
import {
  type Town,
  type UnderTest,
  aColleague,
  aResident,
  linked,
  aTown,
  expectBooksBalanced,
  underTest,
} from '@kvartal/platform/testing';
import { AccountAccess } from './account-access';
import { AccountsModule } from './accounts.module';
import { AccountsService } from './accounts.service';
import { HousesQueries } from './houses.queries';
import { OrganizationsQueries } from './organizations.queries';

let at: UnderTest;
let town: Town;
let towns = 0;
let ivan: Resident;
let organizationId: string;
let accountId: string;
let accounts: AccountsService;

beforeAll(async () => {
  at = await underTest(AccountsModule);
  accounts = at.module.get(AccountsService);
});
afterAll(() => at.close());
beforeEach(async () => {
  await at.itIs('2026-10-15T09:00:00Z');
  towns += 1;
  town = await aTown(at.owner, `town-${towns}`);
  organizationId = town.first.organizationId;
  accountId = town.first.accountIds[0] ?? '';
  ivan = await aResident(at.owner, town.portalId, 'ivan');
  await linked(at.owner, ivan, { organizationId, accountId });
});
afterEach(() => expectBooksBalanced(at.owner));

const fact = (subject: string, id: string, kind: string, values: [value: number, valid: string][]) =>
  Promise.all(
    values.map(([value, valid]) =>
      at.owner.query(
        `insert into fact (known, organization_id, house_id, subject, subject_id, kind, value, valid)
         values (tstzrange(now(), null), $1, $2, $3, $4, $5, $6::numeric * 1000000, $7)`,
        [organizationId, town.first.houseId, subject, id, kind, value, valid],
      ),
    ),
  );
const forgetResidents = () =>
  at.owner.query(
    `update fact set known = tstzrange(lower(known), now()) where subject = 'ACCOUNT' and subject_id = $1`,
    [accountId],
  );

describe('an account’s card', () => {
  it('shows number, holder, address, organisation, facts and house in one go', async () => {
    expect(await accounts.getOf(ivan, organizationId, accountId)).toMatchObject({
      number: '100001',
      kind: 'PERSON',
      holder: 'Иванов Иван Иванович',
      phone: null,
      address: {
        city: 'Приреченск',
        street: 'Садовая',
        house: '12',
        flat: '1',
        line: 'Приреченск, Садовая, 12, кв. 1',
      },
      organization: { id: organizationId, currency: 'RUB', today: '2026-10-15' },
      facts: {
        totalArea: quantity('50'),
        livingArea: null,
        residents: quantity('2'),
        rooms: 2,
        floor: 1,
        entrance: 1,
      },
      house: {
        id: town.first.houseId,
        line: 'Приреченск, Садовая, 12',
        commonArea: quantity('100'),
        flats: 3,
      },
    });
  });

  it('shows every area of the flat and of the house', async () => {
    const [place] = await at.owner.query('select premises_id as id from account where id = $1', [accountId]);
    await fact('PREMISES', place.id, 'LIVING_AREA', [[31.4, '[2020-01-01,)']]);
    await fact('PREMISES', place.id, 'HEATED_AREA', [[48.2, '[2020-01-01,)']]);
    await fact('HOUSE', town.first.houseId, 'TOTAL_AREA', [[27_753.4, '[2020-01-01,)']]);
    await fact('HOUSE', town.first.houseId, 'HEATED_AREA', [[26_900, '[2020-01-01,)']]);
    expect(await accounts.getOf(ivan, organizationId, accountId)).toMatchObject({
      facts: { totalArea: quantity('50'), livingArea: quantity('31.4'), heatedArea: quantity('48.2') },
      house: {
        totalArea: quantity('27753.4'),
        heatedArea: quantity('26900'),
        commonArea: quantity('100'),
      },
    });
  });

  it('takes the facts that are valid today, as they are known now', async () => {
    await forgetResidents();
    await fact('ACCOUNT', accountId, 'RESIDENTS', [
      [1, '[2020-01-01,2026-10-15)'],
      [3, '[2026-10-15,2026-11-01)'],
      [4, '[2026-11-01,)'],
    ]);
    const today = await accounts.getOf(ivan, organizationId, accountId);
    expect(today.facts).toMatchObject({ residents: quantity('3'), residentsSince: '2026-10-15' });
    await at.itIs('2026-10-14T20:59:00Z'); // 23:59 in Moscow
    expect((await accounts.getOf(ivan, organizationId, accountId)).facts.residents).toBe(quantity('1'));
    await at.itIs('2026-10-31T21:00:00Z'); // midnight in Moscow
    expect((await accounts.getOf(ivan, organizationId, accountId)).facts.residents).toBe(quantity('4'));
  });

  it('shows no fact that nobody believes any more', async () => {
    await forgetResidents();
    const { facts } = await accounts.getOf(ivan, organizationId, accountId);
    expect(facts).toMatchObject({ residents: null, residentsSince: null });
  });

  it('names a company, and masks a person where the organisation says so', async () => {
    await at.owner.query(`update holder set known = tstzrange(lower(known), now()) where account_id = $1`, [
      accountId,
    ]);
    await at.owner.query(
      `insert into holder (known, organization_id, account_id, kind, company, surname_key, valid)
       values (tstzrange(now(), null), $1, $2, 'LEGAL', 'ТОО «Ромашка»', 'ТОО РОМАШКА', '[2020-01-01,)')`,
      [organizationId, accountId],
    );
    expect((await accounts.getOf(ivan, organizationId, accountId)).holder).toBe('ТОО «Ромашка»');

    await at.owner.query(`update organization set settings = '{"maskHolder": true}' where id = $1`, [
      organizationId,
    ]);
    const anna = town.first.accountIds[1] ?? '';
    await at.owner.query(
      `insert into account_link (created_at, organization_id, user_id, account_id, proof) values (now(), $1, $2, $3, 'NUMBER_SURNAME_FLAT')`,
      [organizationId, ivan.userId, anna],
    );
    expect((await accounts.getOf(ivan, organizationId, anna)).holder).toBe('П***а А. С.');
    const colleague = await aColleague(at.owner, town.portalId, organizationId);
    const { account } = await accounts.getForStaff(colleague, organizationId, anna);
    expect(account.holder).toBe('Петрова Анна Сергеевна');
  });

  it('lists what is linked in the order of linking, of all organisations', async () => {
    const other = { organizationId: town.second.organizationId, accountId: town.second.accountIds[2] };
    await linked(at.owner, ivan, other);
    await linked(at.owner, ivan, { organizationId, accountId: town.first.accountIds[1] });
    expect((await accounts.listOf(ivan)).map(({ number }) => number)).toEqual(['100001', '200003', '100002']);
  });
});

describe('who may see an account', () => {
  it.each([
    ['somebody else’s', () => [organizationId, town.first.accountIds[1]]],
    ['one of another organisation', () => [town.second.organizationId, town.second.accountIds[0]]],
    ['one under another organisation’s id', () => [town.second.organizationId, accountId]],
    ['one that is not there', () => [organizationId, '987654321']],
    ['no id at all', () => [organizationId, 'x; drop table account']],
    ['an id beyond all numbers', () => [organizationId, '9'.repeat(30)]],
  ])('answers alike for %s', async (_, which) => {
    const [organization = '', id = ''] = which();
    await expect(accounts.getOf(ivan, organization, id)).rejects.toThrow(NotFound);
    await expect(at.module.get(AccountAccess).require(ivan, organization, id)).rejects.toThrow(NotFound);
  });

  it('says which accounts a person may see', async () => {
    expect(await at.module.get(AccountAccess).scopeOf(ivan)).toEqual([{ organizationId, accountId }]);
  });

  it('shows staff the accounts of their organisation and who sees them, and writes down that it did', async () => {
    const colleague = await aColleague(at.owner, town.portalId, organizationId);
    const shown = await accounts.getForStaff(colleague, organizationId, accountId);
    expect(shown.links).toMatchObject([{ login: 'ivan', email: 'ivan@example.com', relation: 'HOLDER' }]);
    expect(
      await rows(
        at.owner,
        `select actor, actor_id, action, object_id from audit_event where organization_id = $1`,
        [organizationId],
      ),
    ).toEqual([{ actor: 'STAFF', actor_id: colleague.userId, action: 'account.view', object_id: accountId }]);
    const foreign = town.second.accountIds[0] ?? '';
    await expect(accounts.getForStaff(colleague, organizationId, foreign)).rejects.toThrow(NotFound);
    await expect(accounts.getForStaff(colleague, organizationId, 'x')).rejects.toThrow(NotFound);
  });
});

describe('the account that a number means', () => {
  const write = (index: number, number: string) =>
    at.owner.query('update account set number = $2 where id = $1', [town.first.accountIds[index], number]);
  const found = async (number: string) => (await accounts.ofNumber(organizationId, number))?.accountId;

  it('is found with and without its letter index', async () => {
    await write(0, '551412К');
    const [first] = town.first.accountIds;
    expect(await Promise.all(['551412', '551412К', ' 551-412 к'].map(found))).toEqual([first, first, first]);
    expect(await Promise.all(['551412М', '55141', '', 'К'].map(found))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is not guessed where two have the same digits', async () => {
    await write(0, '551412К');
    await write(1, '551412М');
    expect(await found('551412М')).toBe(town.first.accountIds[1]);
    expect(await found('551412')).toBeUndefined();
  });

  it('keeps leading zeros, and the organisation', async () => {
    await write(0, '00009177');
    expect(await found('00009177')).toBe(accountId);
    expect(await found('9177')).toBeUndefined();
    expect(await accounts.ofNumber(town.second.organizationId, '00009177')).toBeUndefined();
  });
});

describe('houses and organisations', () => {
  it('gives a page of an organisation’s houses by address, with the areas of today', async () => {
    await at.owner.query(
      `insert into house (organization_id, city, street, number) values ($1, 'Приреченск', 'Лесная', '3')`,
      [organizationId],
    );
    await fact('HOUSE', town.first.houseId, 'HEATED_AREA', [
      [40, '[2020-01-01,2026-10-01)'],
      [60, '[2026-10-01,)'],
    ]);
    const houses = at.module.get(HousesQueries);
    expect(await houses.page(organizationId, undefined)).toMatchObject({
      total: 2,
      items: [
        { line: 'Приреченск, Лесная, 3', heatedArea: null },
        {
          line: 'Приреченск, Садовая, 12',
          heatedArea: quantity('60'),
          commonArea: quantity('100'),
          totalArea: null,
        },
      ],
    });
    const second = await houses.page(organizationId, { number: 2, size: 1 });
    expect(second.items.map(({ street }) => street)).toEqual(['Садовая']);
  });

  it('gives a portal’s organisations with their requisites and their own today', async () => {
    await at.itIs('2026-10-15T20:00:00Z');
    await at.owner.query(
      `update organization set time_zone = 'Asia/Almaty', country = 'KZ', currency = 'KZT', requisites = '{"phone": "+77172000000"}'
       where id = $1`,
      [town.second.organizationId],
    );
    const queries = at.module.get(OrganizationsQueries);
    expect(await queries.listOfPortal(town.portalId)).toMatchObject([
      {
        id: town.second.organizationId,
        currency: 'KZT',
        phone: '+77172000000',
        email: '',
        today: '2026-10-16',
      },
      { id: organizationId, currency: 'RUB', phone: '', today: '2026-10-15' },
    ]);
    expect(await queries.listOf([organizationId, 'x'])).toMatchObject([{ id: organizationId }]);
    expect(await queries.listOf([])).toEqual([]);
  });
});
