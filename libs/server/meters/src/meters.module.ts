import { Module } from '@nestjs/common';
import { AccountsModule } from '@kvartal/accounts';
import { DevicesBackofficeResolver } from './devices/devices.backoffice.resolver';
import { Devices } from './devices/devices.service';
import { HouseMeters } from './devices/house-meters.service';
import { MeterReplacements } from './devices/replacements.service';
import { IntakeQueries } from './intake.queries';
import { ReadingIntake } from './intake.service';
import { MetersCabinetResolver } from './meters.cabinet.resolver';
import { AccountMetersFields } from './meters.fields';
import { MetersKeyResolver } from './meters.key.resolver';
import { ReadingsQueries } from './readings.queries';
import { ReadingsService } from './readings.service';

const services = [
  Devices,
  HouseMeters,
  IntakeQueries,
  MeterReplacements,
  ReadingIntake,
  ReadingsQueries,
  ReadingsService,
];

/** What meters can do. */
@Module({ imports: [AccountsModule], providers: services, exports: services })
export class MetersModule {}

/** How one may ask for it. */
@Module({
  imports: [MetersModule],
  providers: [MetersCabinetResolver, MetersKeyResolver, AccountMetersFields, DevicesBackofficeResolver],
})
export class MetersApi {}
