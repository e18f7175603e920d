import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Me } from '@kvartal/auth';
import { CurrentViewer, DONE, Done, For, type Resident } from '@kvartal/platform';
import { Account, AccountLinked, LinkAccountInput, LinkAccountResult } from './accounts.types';
import { AccountsService } from './accounts.service';
import { LinksService } from './links.service';

/** What residents ask about their accounts: each is looked up by its link to the viewer. */
@For('resident')
@Resolver(() => Me)
export class AccountsCabinetResolver {
  constructor(
    private readonly accounts: AccountsService,
    private readonly links: LinksService,
  ) {}

  @ResolveField(() => [Account], { description: 'The accounts linked to me, in the order of linking.' })
  accountsOf(@CurrentViewer() viewer: Resident): Promise<Account[]> {
    return this.accounts.listOf(viewer);
  }
}
