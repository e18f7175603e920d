import {
  countInclusive,
  chargeAreaDays,
  chargeSplitByDays,
  inclusiveDaysIn,
  personDaysVolume,
} from '../days-share';
import { type Price, priceText, type Quantity } from '../decimal';
import { chargedAt } from '../formulas';
import { type Money, sum } from '../money';
import { daysIn, firstDay, lastDay } from '../month';
import {
  chargeBlocks,
  chargeBlocksWhole,
  chargeDailyLimit,
  chargeSocialNorm,
  priceTimes,
  type TariffBlock,
  type WithinAndOver,
} from '../tariff-plans';
import { addVat, extractVat, type Taxed, taxedLine } from '../vat';
import { type Inputs } from './inputs';
import { chargedText, sumText, type VectorRule, volumeText } from './rule';

const taxedText = ({ net, vat, gross }: Taxed) => ({
  net: sumText(net),
  vat: sumText(vat),
  gross: sumText(gross),
});

const blocksOf = (given: Inputs): TariffBlock[] =>
  given.list('blocks').map((block) => ({
    upTo: block.has('upTo') ? block.quantity('upTo') : null,
    price: block.price('tariff'),
  }));

const limitsFor = (given: Inputs): bigint => (given.flag('perPerson') ? given.people() : 1n);

const lineText = (line: { quantity: Quantity; price: Price; amount: Money }) => ({
  quantity: volumeText(line.quantity),
  tariff: priceText(line.price),
  amount: sumText(line.amount),
});

const whole: VectorRule = (given) => {
  const line = chargeBlocksWhole(given.quantity('quantity'), blocksOf(given), limitsFor(given));
  return { lines: [lineText(line)], ...lineText(line) };
};

const blocks: VectorRule = (given) => {
  if (given.word('application', ['MARGINAL', 'WHOLE'], 'MARGINAL') === 'WHOLE') return whole(given);
  const { lines, amount } = chargeBlocks(given.quantity('quantity'), blocksOf(given), limitsFor(given));
  return { lines: lines.map(lineText), amount: sumText(amount) };
};

const withinAndOverText = (found: WithinAndOver) => ({
  within: volumeText(found.within),
  over: volumeText(found.over),
  withinAmount: sumText(found.withinAmount),
  overAmount: sumText(found.overAmount),
  amount: sumText(found.amount),
});

const dailyLimit: VectorRule = (given) => {
  const price = given.price('tariff');
  const overCoefficient = given.ratio('overCoefficient');
  const found = chargeDailyLimit({
    quantity: given.quantity('quantity'),
    limitPerPersonAndDay: given.ratio('limitPerPersonPerDay'),
    people: given.people(),
    days: daysIn(given.month('period')),
    price,
    overCoefficient,
  });
  return {
    limit: volumeText(found.limit),
    ...withinAndOverText(found),
    lines: [
      lineText({ quantity: found.within, price, amount: found.withinAmount }),
      lineText({ quantity: found.over, price: priceTimes(price, overCoefficient), amount: found.overAmount }),
    ],
  };
};

const socialNorm: VectorRule = (given) =>
  withinAndOverText(
    chargeSocialNorm({
      quantity: given.quantity('quantity'),
      norm: given.ratio('socialNorm'),
      people: given.people(),
      priceWithin: given.price('tariffWithin'),
      priceOver: given.price('tariffOver'),
    }),
  );

/** Days of a part inside the month; an end that is left out is the month's. */
const daysOfPart = (given: Inputs, part: Inputs): number => {
  const month = given.month('period');
  return inclusiveDaysIn(month, {
    from: part.dateOr('from', firstDay(month)),
    to: part.dateOr('to', lastDay(month)),
  });
};

const areaDays: VectorRule = (given) => {
  const month = given.month('period');
  const days = daysOfPart(given, given);
  const amount = chargeAreaDays(given.quantity('area'), given.price('tariff'), days, month);
  return { days, daysInPeriod: daysIn(month), amount: sumText(amount) };
};

const tariffChangeArea: VectorRule = (given) => {
  const parts = given.list('segments').map((part) => {
    const days = daysOfPart(given, part);
    const area = part.has('area') ? part.quantity('area') : given.quantity('area');
    return { days, amount: chargeAreaDays(area, part.price('tariff'), days, given.month('period')) };
  });
  return {
    lines: parts.map(({ days, amount }) => ({ days, amount: sumText(amount) })),
    amount: sumText(sum(parts.map((part) => part.amount))),
  };
};

const personDays: VectorRule = (given) => {
  const total = given
    .list('segments')
    .reduce((days, part) => days + part.people() * BigInt(daysOfPart(given, part)), 0n);
  const volume = personDaysVolume(given.ratio('norm'), total, given.month('period'));
  return { personDays: Number(total), ...chargedText(chargedAt(volume, given.price('tariff'))) };
};

const tariffChangeMeter: VectorRule = (given) => {
  const parts = given.list('segments').map((part) => ({
    days: countInclusive({ from: part.date('from'), to: part.date('to') }),
    price: part.price('tariff'),
  }));
  const charged = chargeSplitByDays(given.quantity('quantity'), parts);
  return {
    lines: charged.map((part, place) => ({ days: parts[place]?.days, ...chargedText(part) })),
    amount: sumText(sum(charged.map((part) => part.amount))),
  };
};

export const tariffRules: Readonly<Record<string, VectorRule>> = {
  'vat.extract': (given) => taxedText(extractVat(given.money('gross'), given.ratio('ratePct'))),
  'vat.add': (given) => taxedText(addVat(given.money('net'), given.ratio('ratePct'))),
  'vat.line': (given) =>
    taxedText(taxedLine(given.quantity('quantity'), given.price('tariffNet'), given.ratio('ratePct'))),
  'charge.blocks': blocks,
  'charge.blocksWhole': whole,
  'charge.dailyLimit': dailyLimit,
  'charge.socialNorm': socialNorm,
  'prorata.area': areaDays,
  'prorata.tariffChangeArea': tariffChangeArea,
  'prorata.persons': personDays,
  'prorata.tariffChangeMeter': tariffChangeMeter,
};
