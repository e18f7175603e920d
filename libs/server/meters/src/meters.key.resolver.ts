import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, type Machine, Needs } from '@kvartal/platform';
import { ReadingIntake } from './intake.service';
import { BatchReadingInput, type ReadingBatchAnswered, SubmitReadingBatchResult } from './intake.types';

/** What other systems do with readings. */
@For('key')
@Resolver()
export class MetersKeyResolver {
  constructor(private readonly intake: ReadingIntake) {}

  @Needs('READINGS_WRITE')
  @Mutation(() => SubmitReadingBatchResult, {
    description:
      'key, READINGS_WRITE. Up to 1,000 readings, each accepted or refused by itself, in their order.',
  })
  async submitReadingBatch(
    @CurrentViewer() viewer: Machine,
    @Args('readings', { type: () => [BatchReadingInput], description: 'The readings.' })
    readings: BatchReadingInput[],
  ): Promise<ReadingBatchAnswered> {
    const answers = await this.intake.submitBatch(viewer, readings);
    const accepted = answers.filter(({ reading }) => reading !== null).length;
    return { answers, accepted, refused: answers.length - accepted };
  }
}
