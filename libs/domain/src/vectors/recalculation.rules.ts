import { type Quantity, quantityOf, ratioText } from '../decimal';
import { chargedAt, meterVolume } from '../formulas';
import {
  absence,
  benefit,
  hotWaterTemperature,
  interruption,
  readingCorrection,
  replacementGap,
  trueUp,
} from '../recalculations';
import { quantityText } from '../decimal';
import { type Inputs } from './inputs';
import { chargedText, sumText, type VectorRule, volumeText } from './rule';

const REGISTER_DIGITS = 5;

/** What a register counted between two values; over the zero where the flag says so. */
const countedOf = (given: Inputs, from: string, to: string, rollover: string): Quantity =>
  meterVolume(
    given.quantity(from),
    given.quantity(to),
    { digits: given.countOr('intDigits', REGISTER_DIGITS) },
    given.flag(rollover),
  );

const lateReading: VectorRule = (given) => {
  given.word('trueUpMode', ['REDISTRIBUTE'], 'REDISTRIBUTE');
  const months = given.list('periods').map((one) => ({
    month: one.month('period'),
    price: one.price('tariff'),
    charged: one.money('charged'),
  }));
  const total = countedOf(given, 'lastActual', 'curr', 'rollover');
  const found = trueUp(total, months);
  return {
    totalQuantity: volumeText(total),
    lines: found.months.map((one) => ({
      period: one.month,
      quantity: volumeText(one.quantity),
      newAmount: sumText(one.newAmount),
      delta: sumText(one.delta),
    })),
    recalculation: sumText(found.recalculation),
  };
};

const correction: VectorRule = (given) => {
  const periods = given.list('periods');
  const found = readingCorrection(
    periods.map((one) => ({
      price: one.price('tariff'),
      old: countedOf(one, 'oldPrev', 'oldCurr', 'oldRollover'),
      corrected: countedOf(one, 'newPrev', 'newCurr', 'newRollover'),
    })),
  );
  return {
    lines: found.months.map((one, place) => ({
      period: periods[place]?.text('period'),
      old: sumText(one.old),
      new: sumText(one.corrected),
      delta: sumText(one.delta),
    })),
    recalculation: sumText(found.recalculation),
  };
};

const replacement: VectorRule = (given) => {
  const gapDays = given.countOr('gapDays', 0);
  const old = countedOf(given, 'oldPrev', 'oldFinal', 'oldRollover');
  const gap =
    gapDays === 0
      ? quantityOf(0n)
      : replacementGap(given.quantity('averageMonthly'), gapDays, given.month('period'));
  const fresh = countedOf(given, 'newStart', 'newCurr', 'newRollover');
  return {
    oldQuantity: volumeText(old),
    gapQuantity: volumeText(gap),
    newQuantity: volumeText(fresh),
    ...chargedText(chargedAt(quantityOf(old + gap + fresh), given.price('tariff'))),
  };
};

/** PP 354 p. 86, for whichever day the vectors are of. */
const FULL_DAYS_OF_THE_LAW = 5;

const absent: VectorRule = (given) => {
  const found = absence({
    month: given.month('period'),
    departure: given.date('departure'),
    arrival: given.date('arrival'),
    norm: given.ratio('norm'),
    people: given.has('absentPersons') ? given.people('absentPersons') : given.people(),
    price: given.price('tariff'),
    moreThan: FULL_DAYS_OF_THE_LAW,
  });
  return {
    fullDays: found.fullDays,
    daysInPeriodCounted: found.days,
    recalculation: sumText(found.recalculation),
  };
};

const interrupted: VectorRule = (given) => {
  const found = interruption({
    charged: given.money('charged'),
    hours: given.quantity('hours'),
    allowedHours: given.quantityOr('allowedHours', '0'),
    percentPerHour: given.ratioOr('pctPerHour', '0.15'),
  });
  return { excessHours: quantityText(found.excessHours, 2), reduction: sumText(found.reduction) };
};

const tooCold: VectorRule = (given) => {
  const found = hotWaterTemperature({
    charged: given.money('charged'),
    dayMinimum: given.quantity('dayMin'),
    nightMinimum: given.quantity('nightMin'),
    steps: given.word('stepRounding', ['FLOOR', 'CEIL'], 'FLOOR'),
    slots: given.list('slots').map((slot) => ({
      temperature: slot.quantity('temp'),
      hours: slot.quantity('hours'),
      night: slot.flag('night'),
    })),
  });
  return {
    pct: ratioText(found.percent, 4),
    hoursAtColdTariff: quantityText(found.hoursAtColdTariff, 2),
    reduction: sumText(found.reduction),
  };
};

const benefitLine: VectorRule = (given) => {
  const isWithinNorm = given.flag('withinNorm');
  const found = benefit({
    quantity: given.quantity('quantity'),
    normQuantity: isWithinNorm ? given.quantity('normQuantity') : undefined,
    share: given.flag('byShare')
      ? { beneficiaries: given.people('beneficiaries'), people: given.people('persons', 1) }
      : undefined,
    price: given.price('tariff'),
    percent: given.ratio('pct'),
  });
  return {
    baseQuantity: volumeText(found.baseQuantity),
    baseAmount: sumText(found.baseAmount),
    benefit: sumText(found.benefit),
  };
};

export const recalculationRules: Readonly<Record<string, VectorRule>> = {
  'recalc.trueUp': lateReading,
  'recalc.readingCorrection': correction,
  'recalc.absence': absent,
  'recalc.interruption': interrupted,
  'recalc.hotWaterTemperature': tooCold,
  'meter.replacement': replacement,
  benefit: benefitLine,
};
