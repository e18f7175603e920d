/** Which account a page speaks of; also the variables of most operations. */
export interface AccountKey {
  organizationId: string;
  accountId: string;
}

/** Of this person: another one who signs in at the same browser has accounts of their own. */
const keptAs = (slug: string | undefined, login: string | null | undefined): string =>
  `kvartal.account.${slug ?? ''}.${login ?? ''}`;

/** The account that this person looked at last in this browser. */
export function keptAccount(
  slug: string | undefined,
  login: string | null | undefined,
): AccountKey | undefined {
  const [organizationId, accountId] = localStorage.getItem(keptAs(slug, login))?.split('.') ?? [];
  return organizationId && accountId ? { organizationId, accountId } : undefined;
}

export function keepAccount(
  slug: string | undefined,
  login: string | null | undefined,
  { organizationId, accountId }: AccountKey,
): void {
  localStorage.setItem(keptAs(slug, login), `${organizationId}.${accountId}`);
}
