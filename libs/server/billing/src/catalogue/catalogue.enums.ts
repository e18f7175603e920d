import { registerEnumType } from '@nestjs/graphql';
import { enumOf } from '@kvartal/platform';

export const PLAN_KINDS = ['MARGINAL', 'WHOLE', 'SOCIAL_NORM', 'DAILY_LIMIT'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];
export const PlanKindEnum = enumOf(PLAN_KINDS);
registerEnumType(PlanKindEnum, {
  name: 'TariffPlanKind',
  description:
    'How a price changes with the volume: each slice at its own price, all at the price of the block it falls into, a price of its own above the social norm, a multiple of the price above a daily limit.',
});

export const VAT_MODES = ['NONE', 'INCLUSIVE', 'EXCLUSIVE'] as const;
export type VatMode = (typeof VAT_MODES)[number];
export const VatModeEnum = enumOf(VAT_MODES);
registerEnumType(VatModeEnum, {
  name: 'VatMode',
  description: 'Whether a price holds its tax, or the tax comes on top, or there is none.',
});

export const NORM_KINDS = ['PERSON', 'AREA', 'COMMON_AREA', 'HEAT_IN_WATER', 'HEATING_MONTHS'] as const;
export type NormKind = (typeof NORM_KINDS)[number];
export const NormKindEnum = enumOf(NORM_KINDS);
registerEnumType(NormKindEnum, {
  name: 'NormKind',
  description:
    'What a norm is for: a person, a square metre of the premises, a square metre of common area, a cubic metre of hot water; or how many months of heating are spread over the year.',
});

export const LEGAL_KINDS = [
  'KEY_RATE',
  'VAT',
  'DUE_DAY',
  'PENALTY_CAP',
  'PENALTY_FIXED',
  'NORM_COEFFICIENT',
  'AVERAGE_OF',
  'AVERAGE_NEEDS',
  'AVERAGE_LASTS',
  'ABSENCE_DAYS',
  'INTERRUPTION_PERCENT',
  'HEATING_DEGREE_PERCENT',
  'HOT_WATER_DAY_MINIMUM',
  'HOT_WATER_NIGHT_MINIMUM',
] as const;
export type LegalKind = (typeof LEGAL_KINDS)[number];
export const LegalKindEnum = enumOf(LEGAL_KINDS);
registerEnumType(LegalKindEnum, { name: 'LegalKind', description: 'What a legal number of a country is.' });

export const LEGAL_UNITS = ['SHARE', 'NUMBER', 'WHOLE'] as const;
export type LegalUnit = (typeof LEGAL_UNITS)[number];
export const LegalUnitEnum = enumOf(LEGAL_UNITS);
registerEnumType(LegalUnitEnum, {
  name: 'LegalUnit',
  description: 'How a legal number is read: a share of one (0.095 is 9.5 %), a number, a whole number.',
});

export const AREA_KINDS = ['TOTAL', 'HEATED'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];
export const AreaKindEnum = enumOf(AREA_KINDS);
registerEnumType(AreaKindEnum, { name: 'AreaKind', description: 'Which area a service counts by.' });

export const COMMON_MODES = ['METER', 'NORM', 'AVERAGE'] as const;
export type CommonMode = (typeof COMMON_MODES)[number];
export const CommonModeEnum = enumOf(COMMON_MODES);
registerEnumType(CommonModeEnum, {
  name: 'CommonMode',
  description:
    'How what a house uses in common is found: by its meter, by the norm, by a month of last year.',
});

export const SHARED_BY = ['TOTAL_AREA', 'HEATED_AREA', 'PEOPLE'] as const;
export type SharedBy = (typeof SHARED_BY)[number];
export const SharedByEnum = enumOf(SHARED_BY);
registerEnumType(SharedByEnum, {
  name: 'SharedBy',
  description: 'By what a house’s common volume is shared.',
});

export const NEGATIVE_POLICIES = ['CARRY', 'ZERO', 'DISTRIBUTE'] as const;
export const NegativePolicyEnum = enumOf(NEGATIVE_POLICIES);
registerEnumType(NegativePolicyEnum, {
  name: 'NegativeCommonPolicy',
  description: 'What happens to a common volume below zero: carried on, forgotten, taken off the premises.',
});
