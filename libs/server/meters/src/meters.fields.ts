import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Account } from '@kvartal/accounts';
import { CurrentViewer, PageInput, type Viewer } from '@kvartal/platform';
import { ReadingIntake } from './intake.service';
import { Intake, ReadingPage } from './meters.types';
import { ReadingsQueries } from './readings.queries';

const scopeOf = ({ organizationId, id }: Account) => ({ organizationId, accountId: id });

/** What an account shows of its meters, to residents and staff alike: whoever has the account may see it. */
@Resolver(() => Account)
export class AccountMetersFields {
  constructor(
    private readonly readingIntake: ReadingIntake,
    private readonly history: ReadingsQueries,
  ) {}

  @ResolveField(() => Intake, { description: 'The meters and what may be entered now.' })
  intake(@Parent() account: Account): Promise<Intake> {
    return this.readingIntake.of(scopeOf(account));
  }

  @ResolveField(() => ReadingPage, { description: 'All readings of all meters, the latest first.' })
  readings(
    @Parent() account: Account,
    @CurrentViewer() viewer: Viewer,
    @Args('page', {
      type: () => PageInput,
      nullable: true,
      description: 'Which page; the first 25 otherwise.',
    })
    page?: PageInput,
  ): Promise<ReadingPage> {
    return this.history.page(scopeOf(account), page, viewer.kind === 'resident');
  }
}
