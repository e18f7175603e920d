import { type HouseMonth, type HouseSnapshot, lacksForShare } from '@kvartal/domain';

/** What a house cannot be charged without. Nothing of it is charged then: zero would be taken for the charge. */
export interface Lack {
  code: 'NO_TARIFF' | 'NO_NORM' | 'NO_COMMON_AREA';
  services: readonly string[];
  /** Accounts that it concerns; none where it is the house. */
  accounts: readonly string[];
}

/** The first of what is missing to charge a computed house: a price, a norm, or the area that is shared by. */
export function findLack({ statements, share }: HouseMonth, house: HouseSnapshot): Lack | undefined {
  const tariffs = distinct(statements.flatMap(({ missingTariffs }) => missingTariffs));
  if (tariffs.length > 0) return { code: 'NO_TARIFF', services: tariffs, accounts: [] };
  const without = statements.filter(({ missingNorms }) => missingNorms.length > 0);
  if (without.length > 0)
    return {
      code: 'NO_NORM',
      services: distinct(without.flatMap(({ missingNorms }) => missingNorms)),
      accounts: without.map(({ accountId }) => accountId),
    };
  for (const common of share.commons) {
    const { serviceId, resource } = common.terms;
    const lacks = lacksForShare(common);
    // beside meters of heat in all flats only what they have not counted is shared, without a reading nothing
    if (!lacks || (resource === 'HEAT' && standsInRow(house, serviceId))) continue;
    return { code: lacks === 'NORM' ? 'NO_NORM' : 'NO_COMMON_AREA', services: [serviceId], accounts: [] };
  }
  return undefined;
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];

const standsInRow = ({ accounts }: HouseSnapshot, serviceId: string): boolean =>
  accounts.some(({ services }) =>
    services.some(({ terms }) => terms.serviceId === serviceId && terms.takesShare),
  );
