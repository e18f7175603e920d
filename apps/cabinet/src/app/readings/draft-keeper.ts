import type { AccountKey } from '../accounts/kept-account';

export interface Kept {
  values: Record<string, string>;
  /** When it was kept: milliseconds. */
  at: number;
}

const nameOf = ({ organizationId, accountId }: AccountKey, month: string) =>
  `kvartal.readings.${organizationId}.${accountId}.${month}`;

/** Typed readings that were not sent yet, in this browser: nothing typed is lost. */
export const drafts = {
  read(key: AccountKey, month: string): Kept | undefined {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(nameOf(key, month)) ?? 'null');
      return isKept(kept) ? kept : undefined;
    } catch {
      return undefined;
    }
  },

  keep(key: AccountKey, month: string, values: Record<string, string>): Kept {
    const kept = { values, at: Date.now() };
    localStorage.setItem(nameOf(key, month), JSON.stringify(kept));
    return kept;
  },

  drop(key: AccountKey, month: string): void {
    localStorage.removeItem(nameOf(key, month));
  },
};

function isKept(kept: unknown): kept is Kept {
  if (!kept || typeof kept !== 'object' || !('values' in kept) || !('at' in kept)) return false;
  const { values, at } = kept;
  return (
    typeof at === 'number' &&
    !!values &&
    typeof values === 'object' &&
    Object.values(values).every((text) => typeof text === 'string')
  );
}
