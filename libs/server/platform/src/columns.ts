import {
  type Money,
  type Price,
  type Quantity,
  type Ratio,
  moneyOf,
  priceOf,
  quantityOf,
  ratioOf,
} from '@kvartal/domain';
import { Column, type ColumnOptions } from 'typeorm';

const scaled =
  <T extends bigint>(of: (units: bigint) => T) =>
  (options: ColumnOptions = {}) =>
    Column('bigint', {
      ...options,
      transformer: {
        from: (text: string | null) => (text === null ? null : of(BigInt(text))),
        to: (value: T | null | undefined) => value?.toString(),
      },
    });

/** bigint columns as the values of the domain: minor units, millionths, hundred-millionths. */
export const MoneyColumn = scaled<Money>(moneyOf);
export const QuantityColumn = scaled<Quantity>(quantityOf);
export const PriceColumn = scaled<Price>(priceOf);
export const RatioColumn = scaled<Ratio>(ratioOf);
