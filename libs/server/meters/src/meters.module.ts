import { Module } from '@nestjs/common';
import { AccountsModule } from '@kvartal/accounts';
import { IntakeQueries } from './intake.queries';
import { ReadingIntake } from './intake.service';
import { MetersCabinetResolver } from './meters.cabinet.resolver';
import { AccountMetersFields } from './meters.fields';
import { MetersKeyResolver } from './meters.key.resolver';
import { ReadingsQueries } from './readings.queries';
import { ReadingsService } from './readings.service';

/** What meters can do. */
@Module({
  imports: [AccountsModule],
  providers: [IntakeQueries, ReadingIntake, ReadingsQueries, ReadingsService],
  exports: [IntakeQueries, ReadingIntake],
})
export class MetersModule {}

/** How one may ask for it. */
@Module({
  imports: [MetersModule],
  providers: [MetersCabinetResolver, MetersKeyResolver, AccountMetersFields],
})
export class MetersApi {}
