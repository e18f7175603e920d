import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentViewer, DONE, type Done, For, Needs, type Staff, requireIds } from '@kvartal/platform';
import { ReadingCorrections } from './corrections.service';
import { Recalculations } from './recalculations.service';
import { CorrectReadingInput, CorrectReadingResult, RecalculationRun } from './recalculations.types';

/** How staff correct closed months. */
@For('staff')
@Resolver()
export class RecalculationsBackofficeResolver {
  constructor(
    @Inject(ReadingCorrections) private readonly corrections: ReadingCorrections,
    @Inject(Recalculations) private readonly recalculations: Recalculations,
  ) {}

  @Needs('ACCOUNT_WRITE')
  @Mutation(() => CorrectReadingResult, {
    description: 'staff, ACCOUNT_WRITE. Says what a register should have been read at in a closed month.',
  })
  async correctReading(
    @CurrentViewer() viewer: Staff,
    @Args('input') input: CorrectReadingInput,
  ): Promise<Done> {
    await this.corrections.correct(viewer, input);
    return DONE;
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => RecalculationRun, {
    description:
      'staff, PERIOD_CLOSE. Charges closed months anew where something was learnt of them since, and posts what differs into the open one. Once: again it posts nothing.',
  })
  async recalculateClosedMonths(
    @CurrentViewer() viewer: Staff,
    @Args('organizationId', { type: () => ID, description: 'The organisation.' }) organizationId: string,
  ): Promise<RecalculationRun> {
    requireIds(organizationId);
    const { months, accounts, failures } = await this.recalculations.run(viewer, organizationId);
    return { months, accounts, failed: failures.length };
  }
}
