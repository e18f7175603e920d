import { type Quantity, quantityOf } from '../decimal';
import { moneyOf } from '../money';
import { type EstimatedLine, type EstimatedMonth } from './rules/true-up';
import { randomPlans } from './random-services';
import { aPrice, dated, type Dice } from './random-values';
import { type AccountRegister, type AccountService, type DaySpan, type PeriodDays } from './snapshot';
import { silentVolumes } from './silent-registers';
import { terms } from './testing';

/*
 * Months before the one that is charged, in which registers were silent: charged by estimate to the services of today, to
 * one that is gone since, to some of them on a part of the days only, at a price or by plans. One register more may have
 * been silent then, that was read before the others.
 */

const MONTHS_BACK = [2, 1] as const;
const GONE = 'gone';

/** Registers as they are given, those that say so with months that were estimated before their reading. */
export function withEstimates(
  registers: readonly AccountRegister[],
  services: readonly AccountService[],
  { dice, period }: { dice: Dice; period: PeriodDays },
): AccountRegister[] {
  const months = new Map<string, readonly DrawnMonth[]>();
  return registers.map((register) => {
    if (!register.estimated) return register;
    const key = `${register.resource} ${register.zone}`;
    const same = registers.filter(
      (one) => one.estimated && one.resource === register.resource && one.zone === register.zone,
    );
    const known =
      months.get(key) ?? MONTHS_BACK.map((back) => aMonth(register, back, { dice, period, services }));
    months.set(key, known);
    const place = same.indexOf(register);
    const estimated = known.flatMap((month): EstimatedMonth[] => {
      const { wasRead, ...drawn } = month;
      const told = { counted: month.counted, silent: same.length + (wasRead === null ? 0 : 1) };
      const volumes = silentVolumes(month.lines, told);
      const [quantity, estimated] = [volumes[place], volumes[same.length]];
      if (quantity === undefined) return [];
      const settled =
        wasRead === null || estimated === undefined ? {} : { settled: { estimated, counted: wasRead } };
      return [{ ...drawn, ...told, place, quantity, ...settled }];
    });
    return {
      ...register,
      estimated,
      estimatedSince: quantityOf(estimated.reduce((total, { quantity }) => total + quantity, 0n)),
    };
  });
}

interface DrawnMonth extends Omit<EstimatedMonth, 'quantity' | 'silent' | 'place' | 'settled'> {
  /** What the register counted that was read before the others; null where there is none. */
  readonly wasRead: Quantity | null;
}

interface Drawing {
  readonly dice: Dice;
  readonly period: PeriodDays;
  readonly services: readonly AccountService[];
}

function aMonth(
  { resource, zone }: AccountRegister,
  back: number,
  { dice, period, services }: Drawing,
): DrawnMonth {
  const from = period.from - 30 * back;
  const days = { from, to: from + 30 };
  const own = services.filter(
    ({ terms: one }) => one.resource === resource && one.zone === zone && !one.heatNorms,
  );
  const keys = [...new Set(own.map(({ terms: { serviceId } }) => serviceId))].filter(() => !dice.is(4));
  const flowed = dice.is(6) ? quantityOf(0n) : dice.volume(20);
  const lines = [...keys, ...(dice.is(3) ? [GONE] : [])].map((serviceId) =>
    aLine(dice, { serviceId, flowed }, days),
  );
  const people = (): Quantity => quantityOf(BigInt(dice.roll(5)) * 1_000_000n);
  const counted = dice.is(3) ? quantityOf(flowed / 2n) : quantityOf(0n);
  const wasRead = dice.is(3) ? dice.volume(10) : null;
  return { ...days, counted, lines, residents: dated(dice, days, people), wasRead };
}

function aLine(
  dice: Dice,
  { serviceId, flowed }: { serviceId: string; flowed: Quantity },
  { from, to }: DaySpan,
): EstimatedLine {
  const on = from + 1 + dice.roll(to - from - 1);
  const days = dice.among({ from, to }, { from, to }, { from: on, to }, { from, to: on });
  const month = { from, to };
  const priced = dice.is(2)
    ? { plans: randomPlans(dice, month) }
    : { tariffs: dated(dice, month, aPrice(dice)) };
  return {
    ...days,
    terms: terms({ serviceId, ...priced }),
    quantity: quantityOf((flowed * BigInt(days.to - days.from)) / BigInt(to - from)),
    common: dice.is(4) ? dice.volume(2) : quantityOf(0n),
    charged: moneyOf(BigInt(dice.roll(50_000))),
  };
}
