export {
  decimalText,
  parseDecimal,
  price,
  type Price,
  priceOf,
  priceText,
  quantity,
  type Quantity,
  quantityOf,
  quantityText,
  ratio,
  type Ratio,
  ratioOf,
  ratioText,
  readDecimal,
} from './decimal';
export {
  addMoney,
  charge,
  maxMoney,
  minMoney,
  money,
  type Money,
  moneyOf,
  moneyText,
  negate,
  subtractMoney,
  sum,
  ZERO,
} from './money';
export { divideHalfAway, split } from './rounding';
export {
  addDays,
  civilDate,
  type CivilDate,
  compareDates,
  dateFrom,
  dayOfMonth,
  dayOfWeek,
  daysBetween,
  earlierDate,
  isCivilDate,
  laterDate,
  todayIn,
} from './civil-date';
export {
  addMonths,
  compareMonths,
  dayIn,
  daysIn,
  firstDay,
  isMonth,
  lastDay,
  month,
  type Month,
  monthContains,
  monthNumber,
  monthOf,
  monthsBetween,
  nextMonth,
  previousMonth,
} from './month';
export {
  countDays,
  type DateRange,
  dateRangeText,
  type Days,
  daysOf,
  overlap,
  parseDateRange,
  rangeContains,
  segments,
} from './date-range';
export { succeed, type Succession, uncovered } from './succession';
export { maskName, normaliseAccountNumber, normaliseSurname, shortName } from './people';
export {
  checkReading,
  counted,
  isInWindow,
  plausibleUpTo,
  type ReadingCheck,
  readingDays,
  type ReadingError,
  type ReadingToCheck,
  type ReadingWarning,
  readingWindow,
  type ReadingWindow,
  type RegisterShape,
  type SettlingCandidate,
  settlingReading,
} from './readings';
export { type AgedLine, allocateByAge, allocateByDue, dueByMonth } from './due-allocation';
export { type LedgerEntry, reconcile, type Reconciled } from './reconciliation';
export { debtAndOverpayment, type PayableLine, totalToPay, type TotalMode } from './total-to-pay';
export {
  type AccountRegister,
  type AccountService,
  type AccountSnapshot,
  CHARGING_METHODS,
  type ChargingMethod,
  clip,
  type CommonTerms,
  type Dated,
  type DaySpan,
  daySpan,
  type HouseSnapshot,
  LINE_METHODS,
  type LineMethod,
  type NegativeCommonPolicy,
  type PeriodDays,
  periodDays,
  type Resource,
  RESOURCES,
  type ServiceTerms,
  type SettledReading,
  type VolumeAct,
  type Zone,
  ZONES,
} from './charging/snapshot';
export { weightOver } from './charging/dated';
export { consumption, type Volume, type Volumes, volumesFor } from './charging/consumption';
export { commonShare, type CommonShare, type HouseShare } from './charging/common-area';
export { calculateStatement, type Statement } from './charging/statement';
export { closingOf, dueOf, netOf, type StatementLine } from './charging/statement-line';
export { type BookedLine, type ClosedMonth, recalculate, type Recalculation } from './charging/recalculation';
export { calculateHouse, type HouseMonth } from './charging/house';
export { lacksForShare } from './charging/missing-norms';
export {
  carryForward,
  chargeLate,
  type Held,
  holdLines,
  type LateCharge,
  type LineKey,
} from './charging/held';
export {
  type InputName,
  type LineTrace,
  type Recorder,
  type TracedInput,
  type TracedSegment,
  TraceRecorder,
  type VolumeTrace,
} from './charging/trace';
export {
  type ExplainedAddition,
  type ExplainedDays,
  type ExplainedInput,
  type ExplainedLot,
  type ExplainedSegment,
  type Explanation,
  explainHeld,
  explainPenalty,
  explainStatement,
} from './charging/explain/explain';
export { type RuleSource } from './charging/explain/rule-sources';
export {
  type Cause,
  type CauseOfDifference,
  type ChargedMonth,
  difference,
  type LineDifference,
} from './charging/explain/difference';
export {
  type Change,
  type WhatIf,
  whatIf,
  withMeter,
  withReading,
  withResidents,
  withZones,
  type ZonePart,
} from './charging/explain/what-if';
export { type Absence } from './charging/rules/absence';
export { type BenefitRight } from './charging/rules/benefits';
export { type HeatingTerms } from './charging/rules/heating';
export { type DebtMove, leftOf, type MonthLot, moveLots, openLots } from './charging/rules/debt-lots';
export {
  type LotPayment,
  newPenalty,
  penaltiesUntil,
  type PenaltyDebt,
  type PenaltyLot,
} from './charging/rules/penalty-line';
export { type DatedPlan, type TariffPlan } from './charging/rules/plans';
export { type Outage } from './charging/rules/quality';
export { type ReplacedRegister, type UnusableRegister } from './charging/rules/register-days';
export { type EstimatedLine, type EstimatedMonth } from './charging/rules/true-up';
export { type GuessedMonth, silentShares, silentVolumes } from './charging/silent-registers';
export { type VatTerms } from './charging/rules/vat-line';
export { measuredYear, type MeteredMonth, type YearMonth, yearTrueUp } from './charging/rules/year-true-up';
export { dateOfDayNumber, dayNumber } from './civil-date';
export { pureRules } from './vectors/pure-rules';
export { runVector, type VectorResult, vectorsOf } from './vectors/run-vectors';
export { type VectorRule } from './vectors/rule';
export { Inputs } from './vectors/inputs';
export {
  type Allocation,
  allocateInOrder,
  allocateOldestFirst,
  allocateProportional,
  commission,
} from './allocation';
export { type AverageTerms, averageVolume, estimate, normVolume } from './estimate';
export { checkIdentifier, type IdentifierCheck, type IdentifierType } from './identifiers';
export { type GisIdentifier, parseGisIdentifier } from './gis-identifiers';
export { type DueDates, type DueDayRule, dueDates, nextWorkday } from './due-date';
export { addMinutes } from './sla';
export { type BarcodeContent, barcodeDigits } from './barcode';
export { billQrText, type QrEncoding } from './bill-qr';
export { qrText } from './vectors/document.rules';
export { addVat, extractVat, type Taxed, taxedLine } from './vat';
export {
  type Accrual,
  accruals,
  type DatedMoney,
  type DebtLot,
  penalty,
  type PenaltyTerms,
  settleOldestFirst,
} from './penalty';
export { type KeyRate, type PenaltyBand, type PenaltyScheme, rateOn, type RateRule } from './penalty-rates';
