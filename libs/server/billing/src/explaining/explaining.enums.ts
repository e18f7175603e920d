import { registerEnumType } from '@nestjs/graphql';
import type { Cause, ExplainedAddition, InputName } from '@kvartal/domain';
import { enumOf } from '@kvartal/platform';
import { MOVEMENT_KINDS } from '../ledger';

const INPUT_NAMES = [
  'AREA',
  'RESIDENTS',
  'NORM',
  'COEFFICIENT',
  'USUAL_COEFFICIENT',
  'PREVIOUS_READING',
  'CURRENT_READING',
  'FACTOR',
  'ESTIMATED_SINCE',
  'AVERAGE',
  'MISSED',
  'VOLUME',
  'HOUSE_METER',
  'INDIVIDUAL_TOTAL',
  'CARRY_IN',
  'NORM_VOLUME',
  'DISTRIBUTED',
  'TOTAL_AREA',
  'SHARED_WHOLE',
  'OWNERS',
  'HEAT_NORM',
  'HEATING_MONTHS',
  'IRRIGATION',
  'ACT',
  'GAP',
  'UNUSABLE_SINCE',
] as const satisfies readonly InputName[];
export const InputNameEnum = enumOf(INPUT_NAMES);
registerEnumType(InputNameEnum, { name: 'ChargeInput', description: 'What a rule took to charge a line.' });

const ADDITIONS = ['EXCESS', 'VAT', 'BENEFIT', 'ABSENCE', 'OUTAGE', 'TRUE_UP'] as const;
export const AdditionEnum = enumOf(ADDITIONS satisfies readonly ExplainedAddition['kind'][]);
registerEnumType(AdditionEnum, {
  name: 'ChargeAddition',
  description:
    'What changes a line beside its price: a raised norm, a tax, a benefit, an absence, an outage.',
});

const LINE_MOVEMENT_KINDS = [...MOVEMENT_KINDS, 'LATE'] as const;
export type LineMovementKind = (typeof LINE_MOVEMENT_KINDS)[number];
export const LineMovementKindEnum = enumOf(LINE_MOVEMENT_KINDS);
registerEnumType(LineMovementKindEnum, {
  name: 'LineMovementKind',
  description:
    'What moved the balance of a line beside its charge. LATE: the charge of an earlier month, which was held back then.',
});

const ORIGINS = ['FACT', 'NORM', 'TARIFF', 'RATE', 'READING', 'METER', 'ACT', 'BENEFIT'] as const;
export type OriginKind = (typeof ORIGINS)[number];
export const OriginKindEnum = enumOf(ORIGINS);
registerEnumType(OriginKindEnum, {
  name: 'OriginKind',
  description: 'What kind of record a number comes from.',
});

/** A cause between two accounts' months, or what a person's decision did: held this month, or charged for an earlier one. */
export type ReviewedCause = Cause | 'HELD';

const CAUSES = [
  'CALENDAR',
  'SERVICE',
  'DAYS',
  'METHOD',
  'TARIFF',
  'NORM',
  'PEOPLE',
  'AREA',
  'VOLUME',
  'COMMON_VOLUME',
  'COEFFICIENT',
  'BENEFIT',
  'VAT',
  'ABSENCE',
  'OUTAGE',
  'PENALTY',
  'CORRECTION',
  'HELD',
  'OTHER',
] as const satisfies readonly ReviewedCause[];
export const CauseEnum = enumOf(CAUSES);
registerEnumType(CauseEnum, { name: 'Cause', description: 'Why a line costs another sum than before.' });
