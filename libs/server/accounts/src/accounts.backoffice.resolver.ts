import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, Needs, PageInput, type Staff } from '@kvartal/platform';
import { AccountsService } from './accounts.service';
import { StaffAccount } from './accounts.types';
import { HousesQueries } from './houses.queries';
import { HousePage } from './houses.types';
import { OrganizationsQueries } from './organizations.queries';
import { Organization } from './organizations.types';

/** What staff ask about the accounts and houses of their organisation. */
@For('staff')
@Resolver()
export class AccountsBackofficeResolver {
  constructor(
    private readonly service: AccountsService,
    private readonly housesQueries: HousesQueries,
    private readonly organizationsQueries: OrganizationsQueries,
  ) {}

  @Query(() => [Organization], { description: 'staff. The organisations that the viewer works for.' })
  organizations(@CurrentViewer() viewer: Staff): Promise<Organization[]> {
    return this.organizationsQueries.listOf(viewer.memberships.map(({ organizationId }) => organizationId));
  }

  @Needs('ACCOUNT_READ')
  @Query(() => StaffAccount, { description: 'staff, ACCOUNT_READ. One account of the organisation.' })
  account(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', { type: () => ID, description: 'The organisation.' }) organizationId: string,
    @Args('id', { type: () => ID, description: 'The account.' }) id: string,
  ): Promise<StaffAccount> {
    return this.service.getForStaff(viewer, organizationId, id);
  }

  @Needs('ACCOUNT_READ')
  @Query(() => HousePage, { description: 'staff, ACCOUNT_READ. The houses of the organisation, by address.' })
  houses(
    @Args('organizationId', { type: () => ID, description: 'The organisation.' }) organizationId: string,
    @Args('page', {
      type: () => PageInput,
      nullable: true,
      description: 'Which page; the first 25 otherwise.',
    })
    page?: PageInput,
  ): Promise<HousePage> {
    return this.housesQueries.page(organizationId, page);
  }
}
