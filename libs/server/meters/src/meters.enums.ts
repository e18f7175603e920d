import { RESOURCES, type Resource, ZONES } from '@kvartal/domain';
import { registerEnumType } from '@nestjs/graphql';
import { enumOf } from '@kvartal/platform';

export const ResourceEnum = enumOf(RESOURCES);
registerEnumType(ResourceEnum, { name: 'Resource', description: 'What a meter counts.' });

/** The unit of what a register counts, as it is written. */
export const UNITS: Readonly<Record<Resource, string>> = {
  COLD_WATER: 'м³',
  HOT_WATER: 'м³',
  ELECTRICITY: 'кВт·ч',
  HEAT: 'Гкал',
  GAS: 'м³',
};

export const ZoneEnum = enumOf(ZONES);
registerEnumType(ZoneEnum, { name: 'Zone', description: 'The part of the day that a register counts.' });

export const READING_SOURCES = [
  'SITE',
  'MOBILE',
  'PHONE',
  'OFFICE',
  'SMS',
  'PAYMENT_REGISTRY',
  'IMPORT',
  'API',
  'CONTROLLER',
  'ASKUE',
  'INSTALLATION',
  'ESTIMATE',
] as const;
export type ReadingSource = (typeof READING_SOURCES)[number];
export const ReadingSourceEnum = enumOf(READING_SOURCES);
registerEnumType(ReadingSourceEnum, { name: 'ReadingSource', description: 'By which way a reading came.' });

export const READING_STATES = ['ACCEPTED', 'SUPERSEDED', 'DELETED'] as const;
export type ReadingState = (typeof READING_STATES)[number];
export const ReadingStateEnum = enumOf(READING_STATES);
registerEnumType(ReadingStateEnum, {
  name: 'ReadingState',
  description: 'Whether a reading stands, was replaced by a later one, or was taken back.',
});
