import { NotFound, Refusal, type RefusalDetail, type Resident, rows } from '@kvartal/platform';
import {
  type Town,
  type UnderTest,
  aResident,
  aTown,
  expectBooksBalanced,
  underTest,
} from '@kvartal/platform/testing';
import { AccountAccess } from './account-access';
import { AccountsModule } from './accounts.module';
import { AccountsService } from './accounts.service';
import type { LinkAccountInput } from './accounts.types';
import { LinksService } from './links.service';

let at: UnderTest;
let town: Town;
let ivan: Resident;
let links: LinksService;

const RIGHT = { number: '100001', surname: 'Иванов', flat: '1' };

let towns = 0;

beforeAll(async () => {
  at = await underTest(AccountsModule);
  await at.itIs('2026-10-15T09:00:00Z');
  links = at.module.get(LinksService);
});
afterAll(() => at.close());
beforeEach(async () => {
  towns += 1;
  town = await aTown(at.owner, `town-${towns}`);
  ivan = await aResident(at.owner, town.portalId, 'ivan');
});
afterEach(() => expectBooksBalanced(at.owner));

/** What was refused, or the account that was linked. */
async function attempt(
  viewer: Resident,
  input: Partial<LinkAccountInput> = {},
): Promise<string | readonly RefusalDetail[]> {
  try {
    return (await links.link(viewer, { ...RIGHT, ...input })).accountId;
  } catch (failure) {
    if (failure instanceof Refusal) return failure.refusals;
    throw failure;
  }
}

const countLinks = async (): Promise<number> =>
  (await rows(at.owner, 'select from account_link where ended_at is null and user_id = $1', [ivan.userId]))
    .length;

describe('linking an account', () => {
  it('takes number, surname and flat of the paper bill, and shows the account at once', async () => {
    const account = await at.module
      .get(AccountsService)
      .link(ivan, { ...RIGHT, number: ' 1000-01 ', surname: 'ИВАНОВ' });
    expect(account).toMatchObject({
      number: '100001',
      holder: 'Иванов Иван Иванович',
      address: { flat: '1' },
    });
    expect(await at.module.get(AccountsService).listOf(ivan)).toHaveLength(1);
  });

  it('writes down who linked what, and tells of it', async () => {
    await attempt(ivan);
    const { organizationId, accountIds } = town.first;
    expect(
      await rows(at.owner, 'select fact, payload from outbox where organization_id = $1', [organizationId]),
    ).toEqual([
      { fact: 'AccountLinked', payload: { userId: ivan.userId, organizationId, accountId: accountIds[0] } },
    ]);
    expect(
      await rows(at.owner, 'select action, actor_id, object_id from audit_event where organization_id = $1', [
        organizationId,
      ]),
    ).toEqual([{ action: 'account.link', actor_id: ivan.userId, object_id: accountIds[0] }]);
  });

  it.each([
    ['number', { number: '100009' }],
    ['surname', { surname: 'Петрова' }],
    ['flat', { flat: '2' }],
    ['number that is none', { number: 'нет' }],
    ['organisation', { organizationId: '999' }],
    ['organisation that is none', { organizationId: 'x' }],
  ])('says the same for a wrong %s, and not what is wrong', async (_, change) => {
    expect(await attempt(ivan, change)).toEqual([{ code: 'LINK_NOT_FOUND' }]);
    expect(await countLinks()).toBe(0);
  });

  it('finds accounts of the portal’s own organisations only', async () => {
    const other = { number: '200001' };
    await at.owner.query('delete from portal_organization where organization_id = $1', [
      town.second.organizationId,
    ]);
    expect(await attempt(ivan, other)).toEqual([{ code: 'LINK_NOT_FOUND' }]);
    expect(await attempt(ivan, { ...other, organizationId: town.second.organizationId })).toEqual([
      { code: 'LINK_NOT_FOUND' },
    ]);
  });

  it('does not know a holder of yesterday', async () => {
    const { organizationId, accountIds } = town.first;
    await at.owner.query(`update holder set known = tstzrange(lower(known), now()) where account_id = $1`, [
      accountIds[0],
    ]);
    await at.owner.query(
      `insert into holder (known, organization_id, account_id, kind, surname, surname_key, valid)
       values (tstzrange(now(), null), $1, $2, 'PERSON', 'Иванов', 'ИВАНОВ', '[2020-01-01,2026-10-01)'),
         (tstzrange(now(), null), $1, $2, 'PERSON', 'Новый', 'НОВЫЙ', '[2026-10-01,)')`,
      [organizationId, accountIds[0]],
    );
    expect(await attempt(ivan)).toEqual([{ code: 'LINK_NOT_FOUND' }]);
    expect(await attempt(ivan, { surname: 'новый' })).toBe(accountIds[0]);
  });

  it('links one account of each organisation where both use one number', async () => {
    const { organizationId, accountIds } = town.second;
    await at.owner.query(`update account set number = '100001' where id = $1`, [accountIds[0]]);
    expect(await attempt(ivan)).toBe(town.first.accountIds[0]);
    expect(await attempt(ivan)).toBe(accountIds[0]);
    expect(await attempt(ivan)).toEqual([{ code: 'ALREADY_LINKED' }]);
    expect(await attempt(ivan, { organizationId })).toEqual([{ code: 'ALREADY_LINKED' }]);
  });

  it('stops at the portal’s limit of accounts', async () => {
    await at.owner.query(`update portal set settings = '{"maxAccountsPerEmail": 1}' where id = $1`, [
      town.portalId,
    ]);
    await attempt(ivan);
    expect(await attempt(ivan, { number: '100002', surname: 'Петрова', flat: '2' })).toEqual([
      { code: 'ACCOUNTS_LIMIT', params: { limit: 1 } },
    ]);
    expect(await countLinks()).toBe(1);
  });

  it('links once when asked twice at the same moment', async () => {
    const both = await Promise.all([attempt(ivan), attempt(ivan)]);
    expect(both).toContainEqual([{ code: 'ALREADY_LINKED' }]);
    expect(both).toContain(town.first.accountIds[0]);
    expect(await countLinks()).toBe(1);
  });

  it('counts two different accounts linked at the same moment', async () => {
    await at.owner.query(`update portal set settings = '{"maxAccountsPerEmail": 1}' where id = $1`, [
      town.portalId,
    ]);
    const both = await Promise.all([
      attempt(ivan),
      attempt(ivan, { number: '100002', surname: 'Петрова', flat: '2' }),
    ]);
    expect(both).toContainEqual([{ code: 'ACCOUNTS_LIMIT', params: { limit: 1 } }]);
    expect(await countLinks()).toBe(1);
  });
});

describe('guessing', () => {
  it('ends after five wrong guesses of a person, whatever the address', async () => {
    for (const flat of ['2', '3', '4', '5', '6']) await attempt({ ...ivan, ip: `10.9.0.${flat}` }, { flat });
    expect(await attempt({ ...ivan, ip: '10.9.0.7' })).toEqual([
      { code: 'TOO_MANY_ATTEMPTS', params: { seconds: expect.any(Number) } },
    ]);
    expect(await countLinks()).toBe(0);
  });

  it('ends after five wrong guesses from an address, whoever guesses', async () => {
    for (const login of ['a', 'b', 'c', 'd', 'e'])
      await attempt({ ...(await aResident(at.owner, town.portalId, login)), ip: ivan.ip }, { flat: '9' });
    expect(await attempt(ivan)).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS' }]);
  });

  it('does not count what was right', async () => {
    for (let times = 0; times < 4; times += 1) {
      await attempt(ivan);
      await links.unlink(ivan, town.first.organizationId, town.first.accountIds[0] ?? '');
    }
    await attempt(ivan);
    expect(await attempt(ivan)).toEqual([{ code: 'ALREADY_LINKED' }]);
    expect(await attempt(ivan, { flat: '9' })).toEqual([{ code: 'LINK_NOT_FOUND' }]);
  });
});

describe('unlinking', () => {
  it('ends the access and leaves the account', async () => {
    const { organizationId, accountIds } = town.first;
    const accountId = String(await attempt(ivan));
    const access = at.module.get(AccountAccess);
    await access.require(ivan, organizationId, accountId);
    await links.unlink(ivan, organizationId, accountId);
    await expect(access.require(ivan, organizationId, accountId)).rejects.toThrow(NotFound);
    await expect(links.unlink(ivan, organizationId, accountId)).rejects.toThrow(NotFound);
    expect(await rows(at.owner, 'select from account where id = $1', [accountIds[0]])).toHaveLength(1);
    expect(await attempt(ivan)).toBe(accountId);
  });

  it('does not know somebody else’s link', async () => {
    await attempt(ivan);
    const anna = await aResident(at.owner, town.portalId, 'anna');
    const { organizationId, accountIds } = town.first;
    await expect(links.unlink(anna, organizationId, accountIds[0] ?? '')).rejects.toThrow(NotFound);
    await expect(links.unlink(anna, organizationId, 'x')).rejects.toThrow(NotFound);
    expect(await countLinks()).toBe(1);
  });
});
