import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, DONE, type Done, For, Needs, type Staff } from '@kvartal/platform';
import {
  AccountMeter,
  HouseReadingInput,
  MeterChangeResult,
  MeterStateInput,
  ReplaceMeterInput,
} from './device.types';
import { Devices } from './devices.service';
import { HouseMeters } from './house-meters.service';
import { MeterReplacements } from './replacements.service';

/** How staff see meters and say what happened to them. */
@For('staff')
@Resolver()
export class DevicesBackofficeResolver {
  constructor(
    @Inject(Devices) private readonly devices: Devices,
    @Inject(HouseMeters) private readonly ofHouses: HouseMeters,
    @Inject(MeterReplacements) private readonly replacements: MeterReplacements,
  ) {}

  @Needs('ACCOUNT_READ')
  @Query(() => [AccountMeter], {
    description: 'staff, ACCOUNT_READ. The meters of an account with all that is known of them by days.',
  })
  accountMeters(
    @Args('organizationId', { type: () => ID, description: 'The organisation.' }) organizationId: string,
    @Args('accountId', { type: () => ID, description: 'The account.' }) accountId: string,
  ): Promise<AccountMeter[]> {
    return this.devices.ofAccount({ organizationId, accountId });
  }

  @Needs('ACCOUNT_READ')
  @Query(() => [AccountMeter], {
    description:
      'staff, ACCOUNT_READ. The meters of a house that belong to none of its accounts, with all that is known of them by days.',
  })
  houseMeters(
    @Args('organizationId', { type: () => ID, description: 'The organisation.' }) organizationId: string,
    @Args('houseId', { type: () => ID, description: 'The house.' }) houseId: string,
  ): Promise<AccountMeter[]> {
    return this.ofHouses.of({ organizationId, houseId });
  }

  @Needs('READING_WRITE')
  @Mutation(() => MeterChangeResult, {
    description:
      'staff, READING_WRITE. Enters what was read of a house’s meter, on any day of a month that is not cut off.',
  })
  async enterHouseReading(
    @CurrentViewer() viewer: Staff,
    @Args('input', { description: 'The reading.' }) input: HouseReadingInput,
  ): Promise<Done> {
    await this.ofHouses.read(viewer, input);
    return DONE;
  }

  @Needs('ACCOUNT_WRITE')
  @Mutation(() => MeterChangeResult, {
    description:
      'staff, ACCOUNT_WRITE. Says what a meter was on days: broken, lost, verified, watering a garden. Closed months are charged anew.',
  })
  async recordMeterState(
    @CurrentViewer() viewer: Staff,
    @Args('input', { description: 'What was found out.' }) input: MeterStateInput,
  ): Promise<Done> {
    await this.devices.record(viewer, input);
    return DONE;
  }

  @Needs('ACCOUNT_WRITE')
  @Mutation(() => MeterChangeResult, {
    description:
      'staff, ACCOUNT_WRITE. Takes a meter down and puts another in its place, in a month that is not closed.',
  })
  async replaceMeter(
    @CurrentViewer() viewer: Staff,
    @Args('input', { description: 'The two meters.' }) input: ReplaceMeterInput,
  ): Promise<Done> {
    await this.replacements.replace(viewer, input);
    return DONE;
  }
}
