import { type CommonTerms } from '../charging/snapshot';
import { shareOf } from '../charging/common-area';
import { type Quantity, quantity, quantityOf } from '../decimal';
import { estimate, normVolume } from '../estimate';
import {
  areaShare,
  chargedAt,
  drainageVolume,
  heatingNormVolume,
  meterVolume,
  normWithCoefficient,
  twoComponentWater,
} from '../formulas';
import { charge, sum } from '../money';
import { type Inputs } from './inputs';
import { chargedText, sumText, type VectorRule, volumeText } from './rule';

const quantityTariff: VectorRule = (given) => ({
  amount: sumText(charge(given.quantity('quantity'), given.price('tariff'))),
});

const area: VectorRule = (given) => chargedText(chargedAt(given.quantity('area'), given.price('tariff')));

/** Nobody registered counts as the owners, where their number is given. */
const peopleOf = (given: Inputs): bigint => {
  const people = given.people();
  return people === 0n && given.has('owners') ? given.people('owners') : people;
};

const norm: VectorRule = (given) => {
  const volume = normVolume(given.ratio('norm'), peopleOf(given), given.ratioOr('coefficient', '1'));
  return chargedText(chargedAt(volume, given.price('tariff')));
};

const normCoefficientSplit: VectorRule = (given) => {
  const found = normWithCoefficient({
    norm: given.ratio('norm'),
    people: peopleOf(given),
    coefficient: given.ratio('coefficient'),
    price: given.price('tariff'),
  });
  return {
    quantity: volumeText(found.quantity),
    baseAmount: sumText(found.baseAmount),
    coefficientExcess: sumText(found.coefficientExcess),
    amount: sumText(found.amount),
  };
};

const DIGITS_UNKNOWN = 5;

const registerVolume = (register: Inputs, meter: Inputs): Quantity =>
  meterVolume(
    register.quantity('prev'),
    register.quantity('curr'),
    {
      digits: register.countOr('intDigits', meter.countOr('intDigits', DIGITS_UNKNOWN)),
      factor: register.quantityOr('transformationRatio', meter.textOr('transformationRatio', '1')),
    },
    register.flag('rollover'),
  );

const meter: VectorRule = (given) =>
  chargedText(chargedAt(registerVolume(given, given), given.price('tariff')));

const zones: VectorRule = (given) => {
  const lines = given.list('zones').map((zone) => ({
    zone: zone.text('zone'),
    ...chargedAt(registerVolume(zone, given), zone.price('tariff')),
  }));
  return {
    lines: lines.map((line) => ({ zone: line.zone, ...chargedText(line) })),
    quantity: volumeText(quantityOf(lines.reduce((total, line) => total + line.quantity, 0n))),
    amount: sumText(sum(lines.map((line) => line.amount))),
  };
};

const heatingNorm: VectorRule = (given) => {
  const isEven = given.word('mode', ['SEASON', 'TWELFTHS'], 'SEASON') === 'TWELFTHS';
  const months = isEven ? given.count('heatingMonths') : undefined;
  const volume = heatingNormVolume(given.quantity('area'), given.ratio('normGcalPerM2'), months);
  return chargedText(chargedAt(volume, given.price('tariff')));
};

const heatingHouseMeter: VectorRule = (given) => {
  const volume = areaShare(given.quantity('houseGcal'), given.quantity('area'), given.positive('totalArea'));
  return chargedText(chargedAt(volume, given.price('tariff')));
};

const hotWaterTwoComponent: VectorRule = (given) => {
  const isPerCubicMetre = given.word('heatPricing', ['PER_GCAL', 'PER_M3'], 'PER_GCAL') === 'PER_M3';
  const { cold, heat, amount } = twoComponentWater({
    volume: given.quantity('volume'),
    coldPrice: given.price('coldTariff'),
    heatPrice: given.price('heatTariff'),
    heatNorm: isPerCubicMetre ? undefined : given.ratio('heatNormGcalPerM3'),
  });
  return {
    coldQuantity: volumeText(cold.quantity),
    coldAmount: sumText(cold.amount),
    heatQuantity: volumeText(heat.quantity),
    heatAmount: sumText(heat.amount),
    amount: sumText(amount),
  };
};

const sewerage: VectorRule = (given) => {
  const volume = drainageVolume(
    given.quantityOr('coldVolume', '0'),
    given.quantityOr('hotVolume', '0'),
    given.quantityOr('irrigationVolume', '0'),
  );
  return chargedText(chargedAt(volume, given.price('tariff')));
};

const commonTerms = (given: Inputs): CommonTerms => {
  const isMetered = given.has('houseMeter');
  const needsNorm = given.flag('capByNorm') || !isMetered;
  return {
    serviceId: 'common',
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    houseMeter: isMetered ? given.quantity('houseMeter') : null,
    carryIn: given.quantityOr('carryIn', '0'),
    norm: needsNorm ? given.ratio('normPerM2') : null,
    commonArea: needsNorm ? given.quantity('commonArea') : quantity('0'),
    totalArea: given.positive('totalArea'),
    capByNorm: given.flag('capByNorm'),
    negativePolicy: given.word('negativePolicy', ['CARRY', 'ZERO', 'DISTRIBUTE'], 'CARRY'),
  };
};

const odn: VectorRule = (given) => {
  const terms = commonTerms(given);
  const share = shareOf(terms, terms.houseMeter === null ? quantity('0') : given.quantity('sumIndividual'));
  const part = areaShare(share.distributed, given.quantity('accountArea'), share.terms.totalArea);
  const own = given.quantityOr('individual', '0');
  const limited = quantityOf(part < -own ? -own : part);
  const volume = quantityOf(own + limited);
  return {
    houseOdn: volumeText(share.houseVolume),
    distributed: volumeText(share.distributed),
    excessNotCharged: volumeText(share.excess),
    carryOut: volumeText(share.carryOut),
    reduction: volumeText(limited),
    ...chargedText(chargedAt(volume, given.price('tariff'))),
  };
};

/** The vectors are of the law as it stands: dated rows of the country in the product (specification B.7). */
const AVERAGES = { of: 6, needs: 3, lasts: 3 };

const estimated: VectorRule = (given) => {
  const found = estimate({
    history: given.quantities('history'),
    missed: given.count('missedPeriods'),
    averages: AVERAGES,
    norm: given.ratioOr('norm', '0'),
    people: given.has('persons') ? peopleOf(given) : 0n,
    coefficient: given.ratioOr('normCoefficient', '1'),
  });
  return { method: found.method, ...chargedText(chargedAt(found.quantity, given.price('tariff'))) };
};

export const chargeRules: Readonly<Record<string, VectorRule>> = {
  'charge.quantityTariff': quantityTariff,
  'charge.area': area,
  'charge.norm': norm,
  'charge.normCoefficientSplit': normCoefficientSplit,
  'charge.meter': meter,
  'charge.zones': zones,
  'charge.heatingNorm': heatingNorm,
  'charge.heatingHouseMeter': heatingHouseMeter,
  'charge.hotWaterTwoComponent': hotWaterTwoComponent,
  'charge.sewerage': sewerage,
  'charge.odn': odn,
  estimate: estimated,
};
