import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, Needs, type Staff } from '@kvartal/platform';
import { type NormKind, NormKindEnum } from './catalogue.enums';
import { CatalogueQueries } from './catalogue.queries';
import { CatalogueChanges } from './catalogue.service';
import { HeatingSeasons } from './seasons.service';
import {
  HeatingSeasonInput,
  Norm,
  NormInput,
  ServiceCatalogue,
  ServiceCatalogueResult,
  ServiceTermsInput,
  Tariff,
  TariffInput,
} from './catalogue.types';

const ORGANIZATION = { type: () => ID, description: 'The organisation.' };
const SERVICE = { type: () => ID, description: 'The service.' };
const INPUT = { description: 'What is to be set.' };
const STAYS =
  'What was set of the days before stays, and so do months that are closed and what was set of later days.';

/** How staff see and set what an organisation's services cost, and how they are charged. */
@For('staff')
@Resolver()
export class CatalogueBackofficeResolver {
  constructor(
    private readonly changes: CatalogueChanges,
    private readonly seasons: HeatingSeasons,
    private readonly queries: CatalogueQueries,
  ) {}

  @Needs('ACCOUNT_READ')
  @Query(() => ServiceCatalogue, {
    description: 'staff, ACCOUNT_READ. Prices, norms and decisions that services are charged by.',
  })
  serviceCatalogue(@Args('organizationId', ORGANIZATION) organizationId: string): Promise<ServiceCatalogue> {
    return this.queries.of(organizationId);
  }

  @Needs('ACCOUNT_READ')
  @Query(() => [Tariff], {
    description: 'staff, ACCOUNT_READ. All that was ever stated of a price, what was stated last first.',
  })
  tariffHistory(
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('serviceId', SERVICE) serviceId: string,
    @Args('supplierId', { type: () => ID, description: 'Who provides the service.' }) supplierId: string,
    @Args('tariffGroup', { type: () => Int, description: 'Which accounts it is for.' }) tariffGroup: number,
  ): Promise<Tariff[]> {
    return this.queries.tariffHistory(organizationId, { serviceId, supplierId, tariffGroup });
  }

  @Needs('ACCOUNT_READ')
  @Query(() => [Norm], {
    description: 'staff, ACCOUNT_READ. All that was ever stated of a norm, what was stated last first.',
  })
  normHistory(
    @Args('organizationId', ORGANIZATION) organizationId: string,
    @Args('serviceId', SERVICE) serviceId: string,
    @Args('kind', { type: () => NormKindEnum, description: 'What it is for.' }) kind: NormKind,
  ): Promise<Norm[]> {
    return this.queries.normHistory(organizationId, serviceId, kind);
  }

  @Needs('TARIFF_WRITE')
  @Mutation(() => ServiceCatalogueResult, {
    description: `staff, TARIFF_WRITE. Sets a price from a day on. ${STAYS}`,
  })
  async setTariff(
    @CurrentViewer() viewer: Staff,
    @Args('input', INPUT) input: TariffInput,
  ): Promise<ServiceCatalogue> {
    await this.changes.setTariff(viewer, input);
    return this.queries.of(input.organizationId);
  }

  @Needs('TARIFF_WRITE')
  @Mutation(() => ServiceCatalogueResult, {
    description: `staff, TARIFF_WRITE. Sets a norm from a day on. ${STAYS}`,
  })
  async setNorm(
    @CurrentViewer() viewer: Staff,
    @Args('input', INPUT) input: NormInput,
  ): Promise<ServiceCatalogue> {
    await this.changes.setNorm(viewer, input);
    return this.queries.of(input.organizationId);
  }

  @Needs('TARIFF_WRITE')
  @Mutation(() => ServiceCatalogueResult, {
    description: `staff, TARIFF_WRITE. Sets how a service is charged from a day on. ${STAYS}`,
  })
  async setServiceTerms(
    @CurrentViewer() viewer: Staff,
    @Args('input', INPUT) input: ServiceTermsInput,
  ): Promise<ServiceCatalogue> {
    await this.changes.setTerms(viewer, input);
    return this.queries.of(input.organizationId);
  }

  @Needs('TARIFF_WRITE')
  @Mutation(() => ServiceCatalogueResult, {
    description:
      'staff, TARIFF_WRITE. Sets when the heating of houses is on. What was set of the days before stays, and so do months that are closed.',
  })
  async setHeatingSeason(
    @CurrentViewer() viewer: Staff,
    @Args('input', INPUT) input: HeatingSeasonInput,
  ): Promise<ServiceCatalogue> {
    await this.seasons.set(viewer, input);
    return this.queries.of(input.organizationId);
  }
}
