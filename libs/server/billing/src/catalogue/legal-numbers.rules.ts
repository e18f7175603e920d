import { type Ratio, ratio, ratioText } from '@kvartal/domain';
import type { RefusalDetail } from '@kvartal/platform';
import type { LegalKind, LegalUnit } from './catalogue.enums';

interface Shape {
  unit: LegalUnit;
  least: string;
  most: string;
  /** Whether it is set for a time only: days without one are as the law wants it. */
  isTemporary?: boolean;
}

const SHARE: Shape = { unit: 'SHARE', least: '0', most: '1' };
const months = (most: string): Shape => ({ unit: 'WHOLE', least: '1', most });

/** How each legal number is read and between what it lies: what lies outside was mistyped. */
export const LEGAL_SHAPES: Readonly<Record<LegalKind, Shape>> = {
  KEY_RATE: SHARE,
  VAT: SHARE,
  DUE_DAY: { unit: 'WHOLE', least: '1', most: '31' },
  PENALTY_CAP: { ...SHARE, isTemporary: true },
  PENALTY_FIXED: { ...SHARE, isTemporary: true },
  NORM_COEFFICIENT: { unit: 'NUMBER', least: '1', most: '10' },
  AVERAGE_OF: months('12'),
  AVERAGE_NEEDS: months('12'),
  AVERAGE_LASTS: months('12'),
  ABSENCE_DAYS: { unit: 'WHOLE', least: '0', most: '31' },
  INTERRUPTION_PERCENT: { unit: 'NUMBER', least: '0', most: '100' },
  HEATING_DEGREE_PERCENT: { unit: 'NUMBER', least: '0', most: '100' },
  HOT_WATER_DAY_MINIMUM: { unit: 'NUMBER', least: '0', most: '100' },
  HOT_WATER_NIGHT_MINIMUM: { unit: 'NUMBER', least: '0', most: '100' },
};

/** NUMBER_OUT_OF_RANGE for a value that its kind cannot have, or that is not whole where it has to be. */
export function refusalsOfNumber(value: Ratio, { unit, least, most }: Shape): RefusalDetail[] {
  const isBroken = unit === 'WHOLE' && ratioText(value).includes('.');
  if (value >= ratio(least) && value <= ratio(most) && !isBroken) return [];
  return [{ code: 'NUMBER_OUT_OF_RANGE', path: ['input', 'value'], params: { least, most } }];
}
