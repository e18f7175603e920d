import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Money } from '@kvartal/domain';
import {
  CurrentViewer,
  DONE,
  type Done,
  For,
  MoneyScalar,
  Needs,
  type Staff,
  requireIds,
} from '@kvartal/platform';
import { ReadingCorrections } from './corrections.service';
import { Recalculations } from './recalculations.service';
import {
  CorrectReadingInput,
  CorrectReadingResult,
  RecalculateResult,
  RecalculationAsked,
  RecalculationInput,
  RecalculationPreview,
  RecalculationPreviewResult,
  RecalculationRun,
} from './recalculations.types';
import { StaffRecalculations } from './staff-recalculations.service';

/** How staff correct closed months. */
@For('staff')
@Resolver()
export class RecalculationsBackofficeResolver {
  constructor(
    @Inject(ReadingCorrections) private readonly corrections: ReadingCorrections,
    @Inject(Recalculations) private readonly recalculations: Recalculations,
    @Inject(StaffRecalculations) private readonly asked: StaffRecalculations,
  ) {}

  @Needs('PERIOD_CLOSE')
  @Query(() => RecalculationPreviewResult, {
    description: 'staff, PERIOD_CLOSE. What charging closed months anew would come to. Nothing is posted.',
  })
  recalculationPreview(
    @CurrentViewer() viewer: Staff,
    @Args('input', { description: 'Which months.' }) input: RecalculationAsked,
  ): Promise<RecalculationPreview> {
    return this.asked.preview(viewer, input);
  }

  @Needs('PERIOD_CLOSE')
  @Query(() => RecalculationPreviewResult, {
    description:
      'staff, PERIOD_CLOSE. What correcting a reading of a closed month would come to. Nothing is written.',
  })
  correctionPreview(
    @CurrentViewer() viewer: Staff,
    @Args('input', { description: 'The reading.' }) input: CorrectReadingInput,
  ): Promise<RecalculationPreview> {
    return this.asked.previewCorrection(viewer, input);
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => RecalculateResult, {
    description:
      'staff, PERIOD_CLOSE. Charges closed months of an account or a house anew and posts what differs into the open one, if it is what was seen.',
  })
  async recalculate(
    @CurrentViewer() viewer: Staff,
    @Args('input', { description: 'Which months.' }) input: RecalculationInput,
  ): Promise<Done> {
    await this.asked.recalculate(viewer, input);
    return DONE;
  }

  @Needs('PERIOD_CLOSE')
  @Mutation(() => RecalculateResult, {
    description:
      'staff, PERIOD_CLOSE. Corrects a reading of a closed month and posts at once what the account’s months cost otherwise, if it is what was seen.',
  })
  async correctAndRecalculate(
    @CurrentViewer() viewer: Staff,
    @Args('input', { description: 'The reading.' }) input: CorrectReadingInput,
    @Args('expected', {
      type: () => MoneyScalar,
      description: 'The sum that was seen: another one is refused.',
    })
    expected: Money,
  ): Promise<Done> {
    await this.asked.correct(viewer, input, expected);
    return DONE;
  }

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
