import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentViewer, type Viewer, fileUrl } from '@kvartal/platform';
import { Bill } from './bills.types';

/** What a bill shows to whoever may see its account. */
@Resolver(() => Bill)
export class BillFields {
  @ResolveField(() => String, { description: 'Where the PDF is, for whoever may see the account.' })
  url(@Parent() { url }: Bill, @CurrentViewer() viewer: Viewer): string {
    return fileUrl(viewer, url);
  }
}
