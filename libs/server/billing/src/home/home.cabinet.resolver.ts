import { Args, ID, ResolveField, Resolver } from '@nestjs/graphql';
import { Me } from '@kvartal/auth';
import { CurrentViewer, For, type Resident } from '@kvartal/platform';
import { HomeService } from './home.service';
import { Home } from './home.types';

/** The first page of a resident. */
@For('resident')
@Resolver(() => Me)
export class HomeCabinetResolver {
  constructor(private readonly service: HomeService) {}

  @ResolveField(() => Home, {
    description: 'Everything that the first page shows of an account of mine; NOT_FOUND for any other.',
  })
  home(
    @CurrentViewer() viewer: Resident,
    @Args('organizationId', { type: () => ID, description: 'Whose account it is.' }) organizationId: string,
    @Args('accountId', { type: () => ID, description: 'The account.' }) accountId: string,
  ): Promise<Home> {
    return this.service.of(viewer, organizationId, accountId);
  }
}
