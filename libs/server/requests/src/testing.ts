import { randomUUID } from 'node:crypto';
import { Refusal, type Resident, type Staff, row } from '@kvartal/platform';
import { type Town, aResident, linked } from '@kvartal/platform/testing';
import type { DataSource } from 'typeorm';
import type { CreateRequestInput } from './requests.types';

/** What a resident of the town's first flat asks for, for want of anything else. */
export const aRequestInput = (town: Town, more: Partial<CreateRequestInput> = {}): CreateRequestInput => ({
  organizationId: town.first.organizationId,
  accountId: town.first.accountIds[0] ?? '',
  category: 'PLUMBING',
  phone: '8 912 345-67-89',
  text: 'Течёт кран на кухне',
  clientKey: randomUUID(),
  ...more,
});

/** A resident of a flat of the first organisation. */
export async function aNeighbour(owner: DataSource, town: Town, login: string, flat = 0): Promise<Resident> {
  const viewer = await aResident(owner, town.portalId, login);
  const { organizationId, accountIds } = town.first;
  await linked(owner, viewer, { organizationId, accountId: accountIds[flat] });
  return viewer;
}

/** Somebody who works on the requests of an organisation, or has another role there. */
export async function aDispatcher(
  owner: DataSource,
  town: Town,
  { login, organizationId, role = 'DISPATCHER' }: { login: string; organizationId: string; role?: string },
): Promise<Staff> {
  const { userId, ...asking } = await aResident(owner, town.portalId, login);
  await row(owner, `update portal_user set kind = 'STAFF', name = $2 where id = $1`, [
    userId,
    `Мастер ${login}`,
  ]);
  await row(owner, 'insert into membership (organization_id, user_id, role, post) values ($1, $2, $3, $4)', [
    organizationId,
    userId,
    role,
    'диспетчер',
  ]);
  return {
    ...asking,
    kind: 'staff',
    userId,
    memberships: [{ organizationId, role, permissions: ['REQUEST_WORK'] }],
  };
}

/** The codes with which it is refused; fails where it is not. */
export async function refusalOf(work: Promise<unknown>): Promise<string[]> {
  const failure: unknown = await work.then(
    () => new Error('It was not refused'),
    (thrown: unknown) => thrown,
  );
  if (!(failure instanceof Refusal)) throw failure;
  return failure.refusals.map(({ code }) => code);
}
