import { Args, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Closing } from '../closing/closing.types';
import { ClosingDifferences } from './closing-differences';
import { ClosingDifference } from './closing-differences.types';

/** Why a closing differs from the month before: read only where it is asked for. Staff only, as closings are. */
@Resolver(() => Closing)
export class ClosingDifferenceFields {
  constructor(private readonly differences: ClosingDifferences) {}

  @ResolveField(() => ClosingDifference, {
    nullable: true,
    description:
      'Why it charges another sum than the month before, as far as the worker has found out; null where no month was ' +
      'closed before. `explainClosing` has it found out.',
  })
  difference(
    @Parent() closing: Closing,
    @Args('houseId', { type: () => ID, nullable: true, description: 'Only this house.' })
    houseId?: string | null,
    @Args('serviceId', { type: () => ID, nullable: true, description: 'Only this service.' })
    serviceId?: string | null,
  ): Promise<ClosingDifference | null> {
    return this.differences.of(closing, { houseId, serviceId });
  }
}
