import { Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, type Viewer } from '@kvartal/platform';
import { type Arrival, CurrentArrival } from '../viewers/arrival';
import { ViewerService } from './viewer.service';
import { ViewerAnswer } from './viewer.types';

@For('anyone')
@Resolver(() => ViewerAnswer)
export class ViewerResolver {
  constructor(private readonly service: ViewerService) {}

  @Query(() => ViewerAnswer, { description: 'anyone. Who asks: nobody, a person or a key.' })
  viewer(@CurrentViewer() viewer: Viewer, @CurrentArrival() { portal }: Arrival): Promise<ViewerAnswer> {
    return this.service.describe(viewer, portal);
  }
}
