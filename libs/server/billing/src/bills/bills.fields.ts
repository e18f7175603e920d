import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { House } from '@kvartal/accounts';
import { CurrentViewer, type Viewer, fileUrl } from '@kvartal/platform';
import { BooksKeeper } from '../books';
import { houseBillsUrl } from './bills.queries';
import { Bill, HouseBillsFile } from './bills.types';

/** What a bill shows to whoever may see its account. */
@Resolver(() => Bill)
export class BillFields {
  @ResolveField(() => String, { description: 'Where the PDF is, for whoever may see the account.' })
  url(@Parent() { url }: Bill, @CurrentViewer() viewer: Viewer): string {
    return fileUrl(viewer, url);
  }
}

/** What a house shows of its bills, to staff alone: residents have no business with their neighbours'. */
@Resolver(() => House)
export class HouseBillsFields {
  constructor(private readonly books: BooksKeeper) {}

  @ResolveField(() => HouseBillsFile, {
    nullable: true,
    description: 'All bills of the newest closed month; null for residents, and where no month is closed.',
  })
  async bills(
    @Parent() { organizationId, id }: House,
    @CurrentViewer() viewer: Viewer,
  ): Promise<HouseBillsFile | null> {
    if (viewer.kind !== 'staff') return null;
    const [newest] = (await this.books.lately(organizationId)).closed;
    if (!newest) return null;
    const { month } = newest;
    return { month, url: fileUrl(viewer, houseBillsUrl(organizationId, id, month)) };
  }
}
