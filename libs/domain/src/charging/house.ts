import { commonShare, type HouseShare } from './common-area';
import { consumption } from './consumption';
import { type HouseSnapshot } from './snapshot';
import { calculateStatement, type Statement } from './statement';

/** A house's month: every account's statement, and what is shared. */
export interface HouseMonth {
  readonly houseId: string;
  readonly share: HouseShare;
  readonly statements: readonly Statement[];
}

/**
 * Computes a house's month in one go: the volumes of all accounts, what they share, then each statement. Nothing in
 * it depends on another house, on the order of the accounts or on the clock.
 */
export function calculateHouse(house: HouseSnapshot): HouseMonth {
  const volumes = house.accounts.map((account) => consumption(account));
  const share = commonShare(house, volumes);
  const statements = house.accounts.map((account, place) =>
    calculateStatement(account, volumes[place] ?? [], share),
  );
  return { houseId: house.houseId, share, statements };
}
