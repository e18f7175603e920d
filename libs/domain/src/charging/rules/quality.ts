import { type Price, type Quantity, quantityOf, quantityText, type Ratio, ratioText } from '../../decimal';
import { charge, type Money, moneyOf, moneyText } from '../../money';
import { hotWaterTemperature, interruption, type TemperatureSlot } from '../../recalculations';
import { divideHalfAway } from '../../rounding';

/** A month's under-delivery or bad quality of a service, as an act says; hours and degrees in millionths. */
export type Outage = {
  /** The act. */
  readonly id?: string;
  /** The row of the law's number: its per cent, or the lowest temperature. */
  readonly law?: string;
} & (
  | {
      readonly kind: 'INTERRUPTION';
      readonly hours: Quantity;
      readonly allowedHours: Quantity;
      readonly percentPerHour: Ratio;
    }
  | {
      readonly kind: 'HOT_WATER_TEMPERATURE';
      /** The lowest allowed, tolerance already taken. */
      readonly dayMinimum: Quantity;
      readonly nightMinimum: Quantity;
      readonly steps: 'FLOOR' | 'CEIL';
      readonly slots: readonly TemperatureSlot[];
      /** Below 40 °C water costs this. */
      readonly coldPrice: Price;
      readonly hoursOfMonth: Quantity;
    }
  | {
      readonly kind: 'HEATING_TEMPERATURE';
      /** Degrees below the lowest allowed times hours. */
      readonly degreeHours: Quantity;
      readonly percentPerDegreeHour: Ratio;
    }
);

/** What an outage takes off a charge (specification B.10). Positive; the caller sees that all together stay below it. */
export function outageReduction(outage: Outage, charged: Money, quantity: Quantity): Money {
  switch (outage.kind) {
    case 'INTERRUPTION':
      return moneyOf(-interruption({ ...outage, charged }).reduction);
    case 'HOT_WATER_TEMPERATURE': {
      const { reduction, hoursAtColdTariff } = hotWaterTemperature({ ...outage, charged });
      return moneyOf(-reduction + colderBy(outage, hoursAtColdTariff, { charged, quantity }));
    }
    case 'HEATING_TEMPERATURE': {
      const { degreeHours: hours, percentPerDegreeHour: percentPerHour } = outage;
      return moneyOf(
        -interruption({ charged, hours, allowedHours: quantityOf(0n), percentPerHour }).reduction,
      );
    }
  }
}

/** A reduction with its numbers: the charge, what counts of the act, and the per cent. Null where it has more than one part. */
export function outageExpression(outage: Outage, charged: Money): string | null {
  switch (outage.kind) {
    case 'INTERRUPTION': {
      const { excessHours } = interruption({ ...outage, charged });
      return `${moneyText(charged)} × ${quantityText(excessHours)} × ${ratioText(outage.percentPerHour)} %`;
    }
    case 'HEATING_TEMPERATURE':
      return `${moneyText(charged)} × ${quantityText(outage.degreeHours)} × ${ratioText(outage.percentPerDegreeHour)} %`;
    case 'HOT_WATER_TEMPERATURE': {
      const { percent, hoursAtColdTariff } = hotWaterTemperature({ ...outage, charged });
      return hoursAtColdTariff === 0n ? `${moneyText(charged)} × ${ratioText(percent)} %` : null;
    }
  }
}

/** The hours below 40 °C: their part of the charge, less their part of the volume at the price of cold water. */
function colderBy(
  { coldPrice, hoursOfMonth }: { coldPrice: Price; hoursOfMonth: Quantity },
  hours: Quantity,
  { charged, quantity }: { charged: Money; quantity: Quantity },
): bigint {
  if (hours === 0n) return 0n;
  const part = divideHalfAway(charged * hours, hoursOfMonth);
  const cold = charge(quantityOf(divideHalfAway(quantity * hours, hoursOfMonth)), coldPrice);
  return part > cold ? part - cold : 0n;
}
