import { type Staff, row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { type AuthUnderTest, authUnderTest, refused } from '../testing';
import { KeysService } from './keys.service';

let at: AuthUnderTest;
let keys: KeysService;
let town: Town;
let owner: Staff;

beforeAll(async () => {
  at = await authUnderTest();
  keys = at.module.get(KeysService);
  town = await aTown(at.owner);
  const asking = { portalId: town.portalId, ip: '10.0.0.1', userAgent: '', requestId: 'spec' };
  owner = {
    kind: 'staff',
    userId: await at.person('owner', 'STAFF'),
    sessionId: '1',
    memberships: [],
    ...asking,
  };
});
afterAll(() => at.close());
afterEach(() => expectBooksBalanced(at.owner));

const make = (
  name = 'Счётчики АСКУЭ',
  scopes: readonly ('ACCOUNTS_READ' | 'READINGS_WRITE')[] = ['READINGS_WRITE'],
) => keys.create(owner, { organizationId: town.first.organizationId, name, scopes: [...scopes] });

describe('a key', () => {
  it('opens what it was made for, is shown once and kept as a hash', async () => {
    const { key, secret } = await make();
    expect(secret).toMatch(new RegExp(`^kv_${key.prefix}_[\\w-]{43}$`));
    expect(await keys.find(secret)).toEqual({
      keyId: key.id,
      organizationId: town.first.organizationId,
      scopes: ['READINGS_WRITE'],
      portalId: town.portalId,
    });
    const kept = await row<{ text: string }>(
      at.owner,
      `select k::text as text from api_key k where id = $1`,
      [key.id],
    );
    expect(kept?.text).not.toContain(secret.slice(12));
    expect(JSON.stringify(await keys.list(town.first.organizationId))).not.toContain(secret.slice(12));
  });

  it('is found by nothing but the whole of it', async () => {
    const { secret } = await make();
    await keys.find(secret);
    const changed = secret.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const wrong of [changed, secret.slice(0, -1), `${secret}A`, secret.slice(0, 11), '', 'kv__'])
      expect(await keys.find(wrong)).toBeUndefined();
  });

  it('is ended at once though it was remembered, and a second time changes nothing', async () => {
    const { key, secret } = await make();
    expect(await keys.find(secret)).toBeDefined();
    await keys.revoke(owner, town.first.organizationId, key.id);
    await keys.revoke(owner, town.first.organizationId, key.id);
    expect(await keys.find(secret)).toBeUndefined();
    const [listed] = await keys.list(town.first.organizationId);
    expect(listed).toMatchObject({ id: key.id, revokedAt: expect.any(Date) });
  });

  it('of another organisation is not there', async () => {
    const { key, secret } = await make();
    for (const [organizationId, id] of [
      [town.second.organizationId, key.id],
      [town.first.organizationId, '999'],
      ['x', 'y'],
    ] as const)
      await expect(keys.revoke(owner, organizationId, id)).rejects.toThrow('NOT_FOUND');
    expect(await keys.find(secret)).toBeDefined();
    expect(await keys.list(town.second.organizationId)).toEqual([]);
  });

  it('has a name and a right', async () => {
    expect(await refused(make('  ', []))).toEqual(['REQUIRED at name', 'KEY_SCOPE at scopes']);
    expect(await refused(make('я'.repeat(61)))).toEqual(['TOO_LONG at name']);
    const { key } = await make(' я ', ['ACCOUNTS_READ', 'ACCOUNTS_READ']);
    expect(key).toMatchObject({ name: 'я', scopes: ['ACCOUNTS_READ'], revokedAt: null });
  });

  it('leaves a trace of who made and who ended it', async () => {
    const { key } = await make();
    await keys.revoke(owner, town.first.organizationId, key.id);
    const traces = await rows<object>(
      at.owner,
      `select actor, actor_id as "actorId", action from audit_event where object_kind = 'api_key' and object_id = $1 order by id`,
      [key.id],
    );
    expect(traces).toEqual(
      ['key.create', 'key.revoke'].map((action) => ({ actor: 'STAFF', actorId: owner.userId, action })),
    );
  });
});
