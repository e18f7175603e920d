import { LINE_METHODS } from '@kvartal/domain';
import { registerEnumType } from '@nestjs/graphql';
import { enumOf } from '@kvartal/platform';

export const PERIOD_STATES = ['OPEN', 'CLOSING', 'CLOSED'] as const;
export type PeriodState = (typeof PERIOD_STATES)[number];
export const PeriodStateEnum = enumOf(PERIOD_STATES);
registerEnumType(PeriodStateEnum, {
  name: 'PeriodState',
  description: 'Whether a month takes money, is being closed, or stays as it is.',
});

export const CLOSING_STATES = ['COMPUTING', 'READY', 'FAILED', 'DISCARDED', 'COMMITTED'] as const;
export type ClosingState = (typeof CLOSING_STATES)[number];
export const ClosingStateEnum = enumOf(CLOSING_STATES);
registerEnumType(ClosingStateEnum, {
  name: 'ClosingState',
  description: 'How far one computation of a month has come.',
});

export const HOUSE_PROGRESS = ['WAITING', 'DONE', 'FAILED'] as const;
export type HouseProgress = (typeof HOUSE_PROGRESS)[number];
export const HouseProgressEnum = enumOf(HOUSE_PROGRESS);
registerEnumType(HouseProgressEnum, {
  name: 'HouseProgress',
  description: 'Whether a house of a closing has been computed.',
});

export const ANOMALY_KINDS = [
  'ZERO_CHARGE',
  'TRIPLED_CHARGE',
  'MISSING_READING',
  'NEGATIVE_COMMON_AREA',
  'NEGATIVE_LINE',
  'OVER_BOUND',
] as const;
/** What a person decides on before the month is closed; the other kinds are only told. */
export const PARKED_KINDS = ['ZERO_CHARGE', 'TRIPLED_CHARGE', 'NEGATIVE_LINE', 'OVER_BOUND'] as const;
export type AnomalyKind = (typeof ANOMALY_KINDS)[number];
export const AnomalyKindEnum = enumOf(ANOMALY_KINDS);
registerEnumType(AnomalyKindEnum, {
  name: 'AnomalyKind',
  description: 'What is worth a look before a month is closed.',
});

export const FINDING_CODES = [
  'TARIFF_MISSING',
  'NORM_MISSING',
  'HEAT_NORM_MISSING',
  'ACCOUNT_WITHOUT_AREA',
  'HOUSE_WITHOUT_AREA',
  'READING_AFTER_REMOVAL',
  'NEGATIVE_CARRY',
  'HOUSE_METER_WITHOUT_READING',
  'PAYMENT_UNMATCHED',
  'READINGS_COVERAGE',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];
export const FindingCodeEnum = enumOf(FINDING_CODES);
registerEnumType(FindingCodeEnum, {
  name: 'FindingCode',
  description: "What of a month's inputs is broken or missing.",
});

export const DECISION_CHOICES = ['CHARGE', 'HOLD'] as const;
export type DecisionChoice = (typeof DECISION_CHOICES)[number];
export const DecisionChoiceEnum = enumOf(DECISION_CHOICES);
registerEnumType(DecisionChoiceEnum, {
  name: 'DecisionChoice',
  description: 'What becomes of a charge that looks wrong: charged as it is, or held for the next month.',
});

export const TOTAL_MODES = ['PER_RECIPIENT', 'NETTED', 'SUM_OF_ROWS', 'NETTED_PER_SUPPLIER'] as const;
export const TotalModeEnum = enumOf(TOTAL_MODES);
registerEnumType(TotalModeEnum, {
  name: 'TotalMode',
  description: 'How the total to pay nets overpayments.',
});

export const MethodEnum = enumOf(LINE_METHODS);
registerEnumType(MethodEnum, {
  name: 'Method',
  description: 'How a service is charged; a meter without a reading falls to an estimate.',
});
