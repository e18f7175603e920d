/** A person has linked an account: `{ userId, organizationId, accountId }`. Who sees it already should hear of it. */
export const ACCOUNT_LINKED = 'AccountLinked';
