export { IntakeQueries } from './intake.queries';
export { ReadingIntake } from './intake.service';
export { type KnownIntake, type KnownReading, type KnownRegister, intakeMonth } from './intake.state';
export { judge } from './intake.rules';
export { type ReadingSource, ReadingSourceEnum, ResourceEnum, UNITS, ZoneEnum } from './meters.enums';
export { MetersApi, MetersModule } from './meters.module';
export { Intake, IntakeWindow, Reading, Register } from './meters.types';
