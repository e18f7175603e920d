import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, Needs, type Staff } from '@kvartal/platform';
import { CatalogueQueries } from './catalogue.queries';
import { CatalogueChanges } from './catalogue.service';
import { HeatingSeasons } from './seasons.service';
import {
  HeatingSeasonInput,
  NormInput,
  ServiceCatalogue,
  ServiceCatalogueResult,
  ServiceTermsInput,
  TariffInput,
} from './catalogue.types';

const INPUT = { description: 'What is to be set.' };
const STAYS = 'What was set of the days before stays, and so do months that are closed.';

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
  serviceCatalogue(
    @Args('organizationId', { type: () => ID, description: 'The organisation.' }) organizationId: string,
  ): Promise<ServiceCatalogue> {
    return this.queries.of(organizationId);
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ServiceCatalogueResult, {
    description: `staff, PERIOD_CLOSE. Sets a price from a day on. ${STAYS}`,
  })
  async setTariff(
    @CurrentViewer() viewer: Staff,
    @Args('input', INPUT) input: TariffInput,
  ): Promise<ServiceCatalogue> {
    await this.changes.setTariff(viewer, input);
    return this.queries.of(input.organizationId);
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ServiceCatalogueResult, {
    description: `staff, PERIOD_CLOSE. Sets a norm from a day on. ${STAYS}`,
  })
  async setNorm(
    @CurrentViewer() viewer: Staff,
    @Args('input', INPUT) input: NormInput,
  ): Promise<ServiceCatalogue> {
    await this.changes.setNorm(viewer, input);
    return this.queries.of(input.organizationId);
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ServiceCatalogueResult, {
    description: `staff, PERIOD_CLOSE. Sets how a service is charged from a day on. ${STAYS}`,
  })
  async setServiceTerms(
    @CurrentViewer() viewer: Staff,
    @Args('input', INPUT) input: ServiceTermsInput,
  ): Promise<ServiceCatalogue> {
    await this.changes.setTerms(viewer, input);
    return this.queries.of(input.organizationId);
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => ServiceCatalogueResult, {
    description: `staff, PERIOD_CLOSE. Sets when the heating of houses is on. ${STAYS}`,
  })
  async setHeatingSeason(
    @CurrentViewer() viewer: Staff,
    @Args('input', INPUT) input: HeatingSeasonInput,
  ): Promise<ServiceCatalogue> {
    await this.seasons.set(viewer, input);
    return this.queries.of(input.organizationId);
  }
}
