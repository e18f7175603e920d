import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentViewer, DONE, type Done, For, type Resident } from '@kvartal/platform';
import { ReadingIntake } from './intake.service';
import {
  DeleteReadingResult,
  type ReadingsSubmitted,
  SubmitReadingsInput,
  SubmitReadingsResult,
} from './intake.types';
import { ReadingsService } from './readings.service';

/** What residents do with readings. */
@For('resident')
@Resolver()
export class MetersCabinetResolver {
  constructor(
    private readonly intake: ReadingIntake,
    private readonly service: ReadingsService,
  ) {}

  @Mutation(() => SubmitReadingsResult, {
    description:
      'resident. Enters the readings of an account, all of them or none. Edits those of this month.',
  })
  async submitReadings(
    @CurrentViewer() viewer: Resident,
    @Args('input', { description: 'The readings.' }) input: SubmitReadingsInput,
  ): Promise<ReadingsSubmitted> {
    return { readings: await this.intake.submit(viewer, input) };
  }

  @Mutation(() => DeleteReadingResult, {
    description:
      'resident. Takes back a reading of this month that a resident sent, while its window is open.',
  })
  async deleteReading(
    @CurrentViewer() viewer: Resident,
    @Args('organizationId', { type: () => ID, description: 'Whose register it is of.' })
    organizationId: string,
    @Args('id', { type: () => ID, description: 'The reading.' }) id: string,
  ): Promise<Done> {
    await this.service.takeBack(viewer, organizationId, id);
    return DONE;
  }
}
