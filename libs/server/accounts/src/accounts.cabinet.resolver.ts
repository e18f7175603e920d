import { Args, ID, Mutation, ResolveField, Resolver } from '@nestjs/graphql';
import { Me } from '@kvartal/auth';
import { CurrentViewer, DONE, Done, For, type Resident } from '@kvartal/platform';
import { AccountsService } from './accounts.service';
import { Account, AccountLinked, LinkAccountInput, LinkAccountResult } from './accounts.types';
import { LinksService } from './links.service';

/** What residents ask about their accounts: each is looked up by its link to the viewer. */
@For('resident')
@Resolver(() => Me)
export class AccountsCabinetResolver {
  constructor(
    private readonly service: AccountsService,
    private readonly links: LinksService,
  ) {}

  @ResolveField(() => [Account], { description: 'The accounts linked to me, in the order of linking.' })
  accounts(@CurrentViewer() viewer: Resident): Promise<Account[]> {
    return this.service.listOf(viewer);
  }

  @ResolveField(() => Account, { description: 'One of my accounts; NOT_FOUND for any other.' })
  account(
    @CurrentViewer() viewer: Resident,
    @Args('organizationId', { type: () => ID, description: 'Whose account it is.' }) organizationId: string,
    @Args('id', { type: () => ID, description: 'The account.' }) id: string,
  ): Promise<Account> {
    return this.service.getOf(viewer, organizationId, id);
  }

  @Mutation(() => LinkAccountResult, {
    description: 'resident. Links an account by what its paper bill says. Five wrong guesses in 15 minutes.',
  })
  async linkAccount(
    @CurrentViewer() viewer: Resident,
    @Args('input', { description: 'The proof.' }) input: LinkAccountInput,
  ): Promise<AccountLinked> {
    return { account: await this.service.link(viewer, input) };
  }

  @Mutation(() => Done, { description: 'resident. Ends my link to an account; the account itself stays.' })
  async unlinkAccount(
    @CurrentViewer() viewer: Resident,
    @Args('organizationId', { type: () => ID, description: 'Whose account it is.' }) organizationId: string,
    @Args('accountId', { type: () => ID, description: 'The account.' }) accountId: string,
  ): Promise<Done> {
    await this.links.unlink(viewer, organizationId, accountId);
    return DONE;
  }
}
