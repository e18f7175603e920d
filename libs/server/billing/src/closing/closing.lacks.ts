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

/** Accounts that are charged by an area which nobody has entered: they would be charged nothing, and nobody be told. */
export function findWithoutArea({ accounts }: HouseSnapshot): readonly string[] {
  let found: string[] | undefined;
  for (const { accountId, areas, heatedAreas, services } of accounts) {
    if (areas.length > 0) continue;
    const isCharged = services.some(
      ({ method, from, to, terms }) =>
        from < to &&
        (method === 'AREA' || method === 'HEATING_NORM') &&
        (terms.areaKind === 'TOTAL' || heatedAreas.length === 0),
    );
    if (isCharged) (found ??= []).push(accountId);
  }
  return found ?? NO_ACCOUNTS;
}

const NO_ACCOUNTS: readonly string[] = [];

/** A measured service that two suppliers charge in one month: its volume would be charged twice, so a person decides. */
export function findContested({ accounts }: HouseSnapshot): string | undefined {
  for (const { services } of accounts) {
    for (let place = 1; place < services.length; place += 1) {
      const [before, service] = [services[place - 1], services[place]];
      if (!before || !service || before.terms.serviceId !== service.terms.serviceId) continue;
      if (before.terms.supplierId === service.terms.supplierId || service.terms.resource === null) continue;
      if (before.from < before.to && service.from < service.to) return service.terms.serviceId;
    }
  }
  return undefined;
}
